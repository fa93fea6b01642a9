/**
 * The text, its findings and what was decided about them. `state` is replaced, never changed, which makes undo the
 * same for typing, accepting and dismissing. `changed` is called after each step.
 */
import { applied, between, follow, located, preview, safeFix, together } from "./findings.js";
import { History } from "./history.js";

// `original` is what the changes are counted from: the text as it came.
const EMPTY = { text: "", original: null, findings: [], dismissed: new Map(), accepted: [] };

export class Desk {
  state = EMPTY;
  answer = null; // the last: language, engines, notices
  hidden = new Set(); // families that the legend has switched off
  currentId = null;
  #history = new History();
  #changed;

  constructor(changed) {
    this.#changed = changed;
  }

  /** A text that takes the place of the old one. */
  open(text) {
    const typed = text.length <= 1; // the first letter of a text that is written here: it comes with its first review
    this.#history.leave(this.state, typed);
    this.state = { ...EMPTY, text, original: typed ? null : text };
    this.answer = null;
    this.currentId = null;
    this.#changed();
  }

  /** What a person typed or pasted: marks move along, and those of changed words go. */
  type(text) {
    const change = between(this.state.text, text);
    if (change === null) return;
    if (change.start === 0 && change.end === this.state.text.length) {
      this.open(text);
      return;
    }
    this.#history.leave(this.state, true);
    this.state = { ...this.state, text, findings: follow(this.state.findings, [change], true) };
    this.#changed();
  }

  /** The answer on `sent`; the text may have moved on since then. */
  receive(sent, answer, source) {
    const found = located(answer.findings, sent, source);
    const change = between(sent, this.state.text);
    const findings = change ? follow(found, [change], true) : found;
    const dismissed = carried(this.state, findings);
    this.currentId = successor(findings, this.current)?.fingerprint ?? null;
    this.state = { ...this.state, findings, dismissed, original: this.state.original ?? sent };
    this.answer = answer;
    this.#changed();
  }

  /** Applies a fix of the finding; false where there is none of that number. */
  accept(finding, number = 0) {
    const fix = finding.fixes[number];
    if (!fix) return false;
    this.#apply([finding], [fix]);
    return true;
  }

  /** Applies every safe fix of what is shown; returns how many. When it `goesOn`, it is undone with the step before. */
  acceptSafe(goesOn = false) {
    const chosen = together(this.shown);
    if (chosen.length) this.#apply(chosen, chosen.map(safeFix), goesOn);
    return chosen.length;
  }

  #apply(findings, fixes, goesOn = false) {
    const { text, accepted } = this.state;
    const next = this.#after(findings);
    const edits = fixes.flatMap((fix) => fix.edits);
    const told = findings.map((finding, index) => ({ finding, ...preview(finding, fixes[index], text) }));
    if (!goesOn) this.#history.leave(this.state);
    const rest = this.state.findings.filter((finding) => !findings.includes(finding));
    const left = follow(rest, edits);
    this.state = { ...this.state, text: applied(text, edits), findings: left, accepted: [...accepted, ...told] };
    this.currentId = next?.fingerprint ?? null;
    this.#changed();
  }

  dismiss(finding) {
    const next = this.#after([finding]);
    this.#history.leave(this.state);
    this.state = { ...this.state, dismissed: new Map(this.state.dismissed).set(finding.fingerprint, finding) };
    this.currentId = next?.fingerprint ?? null;
    this.#changed();
  }

  undo() {
    return this.#return(this.#history.back(this.state));
  }

  redo() {
    return this.#return(this.#history.forward(this.state));
  }

  #return(state) {
    if (state === null) return false;
    const gone = state.findings.find((one) => !this.shown.some((other) => other.fingerprint === one.fingerprint));
    this.state = state;
    if (gone) this.currentId = gone.fingerprint;
    this.#changed();
    return true;
  }

  select(id) {
    this.currentId = id;
    this.#changed();
  }

  /** Goes `by` findings on, from the current one, around the ends. */
  step(by) {
    const { shown } = this;
    if (shown.length === 0) return;
    const at = shown.findIndex((finding) => finding.fingerprint === this.currentId);
    const next = at < 0 ? (by > 0 ? 0 : shown.length - 1) : (at + by + shown.length) % shown.length;
    this.select(shown[next].fingerprint);
  }

  /** Shows or hides a family. */
  filter(family, show) {
    if (show) this.hidden.delete(family);
    else this.hidden.add(family);
    this.#changed();
  }

  /** The findings that nobody has decided on, of all families. */
  get undecided() {
    return this.state.findings.filter((finding) => !this.state.dismissed.has(finding.fingerprint));
  }

  get shown() {
    return this.undecided.filter((finding) => !this.hidden.has(finding.family));
  }

  /** The finding of that name, among those that are shown; null where there is none. */
  named(id) {
    return this.shown.find((finding) => finding.fingerprint === id) ?? null;
  }

  get current() {
    return this.named(this.currentId);
  }

  get canUndo() {
    return this.#history.canGoBack;
  }

  /** The finding that is current when `findings` are done with: the one behind, where the current is among them. */
  #after(findings) {
    const { shown, current } = this;
    if (!findings.includes(current)) return current;
    const last = shown.lastIndexOf(findings.at(-1));
    const left = shown.filter((finding) => !findings.includes(finding));
    return shown.slice(last + 1).find((finding) => left.includes(finding)) ?? left.at(-1) ?? null;
  }
}

/** A finding is named by its neighbouring words too: one that was dismissed stays so when those were changed. */
function carried(state, findings) {
  const dismissed = new Map(state.dismissed);
  const places = state.findings.filter((finding) => state.dismissed.has(finding.fingerprint));
  for (const finding of findings) {
    const same = (old) => old.rule === finding.rule && old.start === finding.start && old.text === finding.text;
    if (places.some(same)) dismissed.set(finding.fingerprint, finding);
  }
  return dismissed;
}

/** Where `old` is among new findings: by its name, or at its place. */
function successor(findings, old) {
  if (old === null) return null;
  const named = findings.find((finding) => finding.fingerprint === old.fingerprint);
  return named ?? findings.find((finding) => finding.rule === old.rule && finding.start === old.start);
}
