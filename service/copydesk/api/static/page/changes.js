/** The changes from the text as it came to the text as it is, as deleted and inserted words. */
import { counted, make } from "./dom.js";
import { difference } from "./diff.js";

const TAGS = { removed: "del", added: "ins" };
const CONTEXT = 160; // UTF-16 units of unchanged text that are shown on each side of a change

/** Nodes that show `before` turning into `after`; long stretches without a change are left out between them. */
export function changeNodes(before, after) {
  const parts = difference(before, after);
  return parts.flatMap(({ kind, text }, index) => {
    if (kind !== "same") return [make(TAGS[kind], {}, visible(text))];
    return folded(text, index > 0, index < parts.length - 1);
  });
}

/** A removed or added line end is shown as a sign, since it would not be seen. */
const visible = (text) => (text.trim() ? text : text.replaceAll("\n", "¶\n"));

function folded(text, head, tail) {
  const first = head ? CONTEXT : 0;
  const last = tail ? CONTEXT : 0;
  if (text.length <= first + last + CONTEXT) return [text];
  const from = text.slice(0, first).replace(/\S*$/, "");
  const to = text.slice(text.length - last).replace(/^\S*/, "");
  const left = text.length - from.length - to.length;
  return [from, make("span", { class: "fold" }, `${left.toLocaleString("en")} characters unchanged`), last ? to : ""];
}

/** Fills the view; says so when nothing has changed. */
export function drawChanges(place, before, after) {
  if (before === null || before === after) {
    place.replaceChildren(make("p", { class: "quiet" }, "No changes yet."));
    return;
  }
  const nodes = changeNodes(before, after);
  const count = nodes.filter((node) => node.nodeName === "DEL" || node.nodeName === "INS").length;
  place.replaceChildren(
    make("p", { class: "quiet" }, counted(count, "change")),
    make("div", { class: "difference" }, ...nodes),
  );
}
