/** What the page says in words: counts, the state of the review, engines, notices, problems. */
import { button, byId, counted, make, say } from "./dom.js";
import { safeFix } from "./findings.js";
import { isComing } from "./checking.js";

const HEADINGS = {
  offline: "The service cannot be reached.",
  key: "The service needs a key.",
  large: "The text is too long for this service.",
  busy: "The service has too much to do.",
  refused: "The service did not take the text.",
};

const GRAMMAR = { languagetool: "LanguageTool", embedded: "the embedded engine" };
const NAMES = { ...GRAMMAR, spacy: "spaCy" };

let saidCount = null; // of findings
let states = null; // of the grammar engines

/** Says how many findings there are, when it is another number: not after every pause in typing. */
export function sayCount(count) {
  if (count !== saidCount) say(count ? counted(count, "finding") : "No findings");
  saidCount = count;
}

/** Has the next number of findings said, whatever it is. */
export function sayAnew() {
  saidCount = null;
}

/** Tells a problem in its place, with a way to try again; null takes it away. */
export function tellProblem(problem, again) {
  const place = byId("problem");
  place.hidden = problem === null;
  if (problem === null) {
    place.replaceChildren();
    return;
  }
  const heading = HEADINGS[problem.kind];
  const detail = problem.message === heading ? "" : problem.message;
  const wait = problem.wait > 0 ? `It is asked again in ${counted(Math.ceil(problem.wait), "second")}.` : "";
  const kept = heading ? "Your text is kept here." : "";
  place.replaceChildren(
    make("p", {}, heading ? make("strong", {}, heading) : null, ` ${[detail, wait, kept].filter(Boolean).join(" ")}`),
    make(
      "div",
      { class: "group" },
      again ? button("Try again", again) : null,
      button("Close", () => tellProblem(null)),
    ),
  );
}

/** The counts, what can be pressed, and what stands where the list is empty. */
export function tellReview(desk, busy, text) {
  const { shown, undecided, answer } = desk;
  const safe = shown.filter(safeFix).length;
  byId("heading").textContent = headingOf(shown.length, undecided.length, answer, busy);
  byId("findings").setAttribute("aria-busy", String(busy));
  byId("walk").textContent = counted(shown.length, "finding");
  byId("walk").hidden = shown.length === 0;
  byId("check").textContent = busy ? "Checking…" : "Check";
  byId("check").disabled = !text.trim();
  byId("guide").hidden = Boolean(text.trim());
  byId("legend").hidden = undecided.length === 0;
  byId("safe").textContent = safe ? `Accept ${safe} safe` : "Accept all safe";
  byId("safe").disabled = safe === 0;
  byId("undo").disabled = !desk.canUndo;
  for (const id of ["copy", "download", "report"]) byId(id).disabled = !text.trim();
  byId("start").hidden = Boolean(text);
  byId("count").textContent = text.trim() ? counted(text.trim().split(/\s+/).length, "word") : "";
  byId("empty").textContent = shown.length ? "" : emptyWords(desk, busy, text);
  tellReviewer(answer);
}

function headingOf(shown, all, answer, busy) {
  if (answer === null) return busy ? "Reading…" : "Findings";
  return shown === all ? counted(shown, "finding") : `${shown} of ${counted(all, "finding")}`;
}

function emptyWords({ answer, undecided, state }, busy, text) {
  if (!text.trim()) return "";
  if (undecided.length) return "All that is left is hidden by the families above.";
  if (answer === null) return busy ? "The text is being read." : "";
  return state.accepted.length || state.dismissed.size ? "Everything is decided." : "Nothing was found.";
}

/** Keeps the engines' states; asks again when LanguageTool has become ready after another engine answered. */
export function tellEngines(now, answer, again) {
  const wasComing = states !== null && isComing(states.languagetool);
  states = now;
  tellReviewer(answer);
  const without = answer !== null && answer.engines.every(({ name }) => name !== "languagetool");
  if (wasComing && now?.languagetool === "ready" && without) again();
}

function tellReviewer(answer) {
  const place = byId("told");
  place.replaceChildren(...reading(answer), ...loading(), ...(answer?.notices ?? []).map(notice));
}

const reading = (answer) => (answer === null ? [] : [make("p", {}, readingWords(answer))]);

/** In which language and by which engines the text was read: the one for grammar, then others that took part. */
export function readingWords({ engines, language }) {
  const named = new Intl.DisplayNames("en", { type: "language" }).of(language);
  const words = (kind) =>
    engines
      .filter(({ name }) => name in GRAMMAR === kind)
      .map(({ name, version }) => `${NAMES[name] ?? name} ${version}`);
  const grammar = words(true).join(", ");
  return [
    `Read as ${named}`,
    grammar ? `grammar by ${grammar}` : "grammar not checked",
    ...words(false).map((other) => `also by ${other}`),
  ].join(" · ");
}

function loading() {
  if (states === null || !isComing(states.languagetool)) return [];
  const behind =
    states.embedded === "ready"
      ? "Until it is ready, the embedded engine reads the grammar."
      : "Until it is ready, grammar is not checked.";
  return [make("p", { class: "notice loading" }, `${states.languagetool}. ${behind}`)];
}

const notice = ({ message }) => make("p", { class: "notice" }, message);
