/**
 * Findings as the page holds them: the service's, with offsets in UTF-16 units. A change is `{start, end, text}`: the
 * units from `start` to `end` are replaced by `text`. Nothing here is changed in place.
 */
import { Offsets } from "./offsets.js";

/** The findings of an answer on `text`, and where they point into `source`, placed in UTF-16 units. */
export function located(findings, text, source) {
  const own = new Offsets(text);
  const other = new Offsets(source);
  const at = (offsets) => (span) => ({ ...span, start: offsets.unit(span.start), end: offsets.unit(span.end) });
  return findings.map((finding) => ({
    ...at(own)(finding),
    related: finding.related.map(at(own)),
    fixes: finding.fixes.map((fix) => ({ ...fix, edits: fix.edits.map(at(own)) })),
    source: finding.source ? inSource(at(other)(finding.source), source) : null,
  }));
}

/** A place in the source text, with its words, since that text is not the one that is shown when they are told. */
const inSource = (place, source) => ({ ...place, words: source.slice(place.start, place.end) });

/** `text` after changes that do not overlap, in any order. */
export function applied(text, changes) {
  let done = "";
  let at = 0;
  for (const change of inOrder(changes)) {
    done += text.slice(at, change.start) + change.text;
    at = change.end;
  }
  return done + text.slice(at);
}

const inOrder = (spans) => [...spans].sort((a, b) => a.start - b.start || a.end - b.end);

/** The one change that leads from `before` to `after`; null when they are the same. */
export function between(before, after) {
  if (before === after) return null;
  const most = Math.min(before.length, after.length);
  let head = 0;
  while (head < most && before[head] === after[head]) head += 1;
  let tail = 0;
  while (tail < most - head && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail += 1;
  return { start: head, end: before.length - tail, text: after.slice(head, after.length - tail) };
}

/**
 * The findings after `changes`: those behind one move, those that one touches are gone, since they speak of words that
 * no longer stand. With `typed`, a change that only adjoins a finding touches it too: it may have made its word longer.
 */
export function follow(findings, changes, typed = false) {
  return inOrder(changes)
    .reverse()
    .reduce((left, change) => left.flatMap((one) => moved(one, change, typed)), findings);
}

function moved(finding, change, typed) {
  const span = shifted(finding, change, typed);
  if (span === null) return [];
  const all = (spans) => spans.map((one) => shifted(one, change, false));
  const fixes = finding.fixes.map((fix) => ({ ...fix, edits: all(fix.edits) }));
  return [
    {
      ...span,
      related: all(finding.related).filter((one) => one !== null),
      fixes: fixes.filter((fix) => fix.edits.every((edit) => edit !== null)),
    },
  ];
}

/** `span` after `change`, or null when it is touched. */
function shifted(span, change, typed) {
  const adjoins = typed ? 1 : 0;
  if (change.start >= span.end + adjoins) return span;
  if (change.end > span.start - adjoins) return null;
  const by = change.text.length - (change.end - change.start);
  return { ...span, start: span.start + by, end: span.end + by };
}

/** The fix that may be applied unseen; undefined where the first is not safe. */
export const safeFix = (finding) => (finding.fixes[0]?.safety === "safe" ? finding.fixes[0] : undefined);

/** The findings whose safe fixes can all be applied at once: of two that overlap, the first in the text. */
export function together(findings) {
  const taken = [];
  return findings.filter((finding) => {
    const edits = safeFix(finding)?.edits;
    if (!edits || edits.some((edit) => taken.some((other) => overlap(edit, other)))) return false;
    taken.push(...edits);
    return true;
  });
}

const overlap = (a, b) => a.start < Math.max(b.end, b.start + 1) && b.start < Math.max(a.end, a.start + 1);

/** What a fix makes of its place: the words before and after, with the edits' whole range and the finding's own. */
export function preview(finding, fix, text) {
  const start = Math.min(finding.start, ...fix.edits.map((edit) => edit.start));
  const end = Math.max(finding.end, ...fix.edits.map((edit) => edit.end));
  const here = fix.edits.map((edit) => ({ ...edit, start: edit.start - start, end: edit.end - start }));
  const before = text.slice(start, end);
  return { before, after: applied(before, here) };
}
