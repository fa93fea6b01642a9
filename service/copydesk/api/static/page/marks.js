/**
 * The text with its findings marked, laid out under the text field. The field lies over it with the same type and the
 * same width, so that every line breaks at the same place: people write in a field that is nothing but text, and what
 * is marked never becomes part of it.
 */
import { make } from "./dom.js";

// Characters without a width of their own: a mark on nothing else is drawn as a caret.
const UNSEEN = /^[\p{Cf}\p{Cc}\u034f\u115f\u1160\u3164]*$/u;

/** Shows `text` in `mirror` with the marks of `findings`; those of `current` stand out, with its related places. */
export function paint(mirror, text, findings, current) {
  drawLines(mirror, linesOf(text, [...findings.map((finding) => layer(finding, current)), ...relatedLayers(current)]));
}

/** Shows `text` with one stretch of it, where a finding on the translation comes from. */
export function paintSource(mirror, text, span) {
  drawLines(mirror, linesOf(text, span ? [{ ...span, classes: "related" }] : []));
}

function layer(finding, current) {
  const now = finding.fingerprint === current?.fingerprint;
  return { ...finding, classes: `${finding.family}${now ? " current" : ""}`, id: finding.fingerprint };
}

const relatedLayers = (current) =>
  (current?.related ?? []).map((place, index) => ({ ...place, classes: "related", id: `related-${index}` }));

/** The lines of the text, each with the layers on it, which count from its start. */
function linesOf(text, layers) {
  const waiting = [...layers].sort((a, b) => b.start - a.start);
  let open = [];
  let start = 0;
  return text.split("\n").map((line) => {
    const end = start + line.length;
    open = open.filter((one) => one.end > start);
    while (waiting.length && waiting.at(-1).start <= end) open.push(waiting.pop());
    const here = open.map((one) => clipped(one, start, end)).filter((one) => one.begins || one.start < one.end);
    start = end + 1;
    return { text: line, layers: here };
  });
}

const clipped = (one, start, end) => ({
  ...one,
  start: Math.max(one.start, start) - start,
  end: Math.min(one.end, end) - start,
  begins: one.start >= start,
});

const drawn = new WeakMap(); // what each mirror shows, a key a line

/** Draws the lines that are others than before: a keystroke in a long text lays out one line. */
function drawLines(mirror, lines) {
  const before = drawn.get(mirror) ?? [];
  const keys = lines.map(keyOf);
  drawn.set(mirror, keys);
  const most = Math.min(before.length, keys.length);
  let head = 0;
  while (head < most && before[head] === keys[head]) head += 1;
  let tail = 0;
  while (tail < most - head && before[before.length - 1 - tail] === keys[keys.length - 1 - tail]) tail += 1;
  const old = [...mirror.children].slice(head, before.length - tail);
  const next = mirror.children[before.length - tail] ?? null;
  for (const line of old) line.remove();
  const fresh = document.createDocumentFragment();
  // The line end gives an empty line its height; it is the last of its block, and adds none to others.
  fresh.append(
    ...lines.slice(head, lines.length - tail).map((line) => make("div", {}, ...pieces(line.text, line.layers), "\n")),
  );
  mirror.insertBefore(fresh, next);
}

const keyOf = ({ text, layers }) =>
  [text, ...layers.map((one) => `${one.start} ${one.end} ${one.classes} ${one.id}`)].join("\0");

/** The text cut wherever a layer starts or ends, each piece in the marks of all layers that cover it. */
export function pieces(text, layers) {
  const waiting = [...layers].sort((a, b) => b.start - a.start || a.end - b.end);
  const cuts = [...new Set([0, text.length, ...layers.flatMap(({ start, end }) => [start, end])])].sort(
    (a, b) => a - b,
  );
  const nodes = [];
  let open = [];
  cuts.forEach((start, index) => {
    open = open.filter((one) => one.end > start);
    while (waiting.at(-1)?.start === start) {
      const one = waiting.pop();
      if (one.end > start) open.push(one);
      else nodes.push(mark(one, ""));
    }
    const piece = text.slice(start, cuts[index + 1] ?? start);
    if (piece) nodes.push(open.reduceRight((inner, one) => mark(one, inner), piece));
  });
  return nodes;
}

function mark({ classes, id }, inner) {
  const unseen = typeof inner === "string" && UNSEEN.test(inner) && !inner.includes("\n");
  return make("mark", { class: unseen ? `${classes} unseen-mark` : classes, "data-id": id }, inner);
}

/** Brings the mark of a finding, or the first related place, into view; without a mark it does nothing. */
export function reveal(mirror, selector) {
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  mirror.querySelector(selector)?.scrollIntoView({ block: "center", behavior: still ? "auto" : "smooth" });
}
