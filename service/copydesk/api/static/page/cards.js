/** The findings as cards, in the order of the text. The current one is open, with its reason and its fixes. */
import { button, counted, make, shortened } from "./dom.js";
import { preview } from "./findings.js";
import { rule } from "./service.js";

/**
 * Draws the list; cards that say the same as before stay. `actions` go by the finding's name, since it moves while the
 * card stays: `select(id)`, `accept(id, number)`, `dismiss(id)`. Further `show(index)` of a related place, `showSource()`
 * and `step(by)`.
 */
export function drawCards(list, desk, actions) {
  const before = new Map([...list.children].map((item) => [item.dataset.key, item]));
  const items = withLines(desk.shown, desk.state.text).map(([finding, line]) => {
    const open = finding.fingerprint === desk.currentId;
    const key = [finding.fingerprint, line, open, finding.fixes.length, finding.related.length].join(" ");
    return before.get(key) ?? card(key, finding, line, open, desk, actions);
  });
  if (items.length === list.children.length && items.every((item, index) => item === list.children[index])) return;
  list.replaceChildren(...items);
}

/** The findings, which are in the order of the text, each with its line from 1. */
function withLines(findings, text) {
  let line = 1;
  let end = text.indexOf("\n");
  return findings.map((finding) => {
    for (; end >= 0 && end < finding.start; end = text.indexOf("\n", end + 1)) line += 1;
    return [finding, line];
  });
}

function card(key, finding, line, open, desk, actions) {
  return make(
    "li",
    { class: `card ${finding.family}`, "data-key": key, "aria-current": open ? "true" : null },
    head(finding, line, open, desk, actions),
    open && body(finding, desk, actions),
  );
}

/** For fingers: on a narrow screen the current card lies over the foot of the text. */
function steps(actions) {
  return make(
    "div",
    { class: "steps" },
    button("‹", () => actions.step(-1), { "aria-label": "Previous finding" }),
    button("›", () => actions.step(1), { "aria-label": "Next finding" }),
  );
}

function head(finding, line, open, desk, actions) {
  const about = `${finding.family}, ${finding.severity}, line ${line}`;
  return button(
    [
      make(
        "span",
        { class: "about" },
        make("b", {}, finding.family),
        make("span", {}, `${finding.severity} · line ${line}`),
      ),
      change(finding, desk.state.text),
      make("span", { class: "message" }, finding.message),
    ],
    () => actions.select(finding.fingerprint),
    { class: "head", "aria-expanded": String(open), "aria-label": `${about}: ${finding.message}` },
  );
}

/** The words at fault and what the likeliest fix makes of them. */
function change(finding, text) {
  const [fix] = finding.fixes;
  if (!fix) return make("span", { class: "change" }, make("em", {}, shortened(finding.text || "here")));
  const { before, after } = preview(finding, fix, text);
  return make(
    "span",
    { class: "change" },
    before.trim() && make("del", {}, shortened(before.trim())),
    after.trim() && make("ins", {}, shortened(after.trim())),
  );
}

function body(finding, desk, actions) {
  return make(
    "div",
    { class: "body" },
    make(
      "div",
      { class: "fixes" },
      ...fixes(finding, desk, actions),
      button("Dismiss", () => actions.dismiss(finding.fingerprint), { class: "dismiss outlined" }),
      steps(actions),
    ),
    finding.fixes.length === 0 && make("p", { class: "quiet" }, "There is no edit to offer: this one needs you."),
    ...related(finding, desk, actions),
    why(finding),
  );
}

function fixes(finding, desk, actions) {
  return finding.fixes.slice(0, 9).map((fix, number) => {
    const { after } = preview(finding, fix, desk.state.text);
    const label = after.trim() ? shortened(after.trim(), 48) : "Remove";
    const words = fix.safety === "safe" ? `${label} (safe)` : label;
    return button(
      [make("kbd", { "aria-hidden": "true" }, number ? String(number + 1) : "↵"), label],
      () => actions.accept(finding.fingerprint, number),
      {
        class: number ? "fix" : "fix primary",
        "aria-label": after.trim() ? `Accept: ${words}` : `Accept: remove ${shortened(finding.text, 48)}`,
        title: { safe: "Safe: may be applied unseen", unsafe: "Probably right", show: "One of several hints" }[
          fix.safety
        ],
      },
    );
  });
}

function related(finding, desk, actions) {
  const links = finding.related.map((place, index) =>
    button(placeWords(place, desk.state.text), () => actions.show(index), { class: "related-place" }),
  );
  if (finding.source) {
    links.push(
      button([make("q", {}, shortened(finding.source.words, 60)), " in the source text"], () => actions.showSource(), {
        class: "related-place",
      }),
    );
  }
  if (links.length === 0) return [];
  return [
    make(
      "div",
      { class: "related-places", role: "group", "aria-label": counted(links.length, "related place") },
      ...links,
    ),
  ];
}

/** What is said of a related place, with its words where they are not told by that. */
function placeWords({ start, end, message }, text) {
  const words = text.slice(start, end);
  return message.includes(words) ? message : [make("q", {}, shortened(words, 60)), ` ${message}`];
}

/** The reason that the rule's pack gives, when it has come. */
function why(finding) {
  const place = make("div", { class: "why" }, make("p", { class: "rule" }, finding.rule));
  rule(finding.rule).then((known) => {
    if (known === null) return;
    place.prepend(make("p", {}, known.why.trim()));
    place.closest("li")?.scrollIntoView({ block: "nearest" });
  });
  return place;
}
