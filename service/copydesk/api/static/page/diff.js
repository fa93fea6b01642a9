/**
 * What changed between two texts, by words: Myers, "An O(ND) Difference Algorithm and Its Variations" (1986), over
 * lines first and over the words of the lines that differ. Time grows with the changes, not with the text.
 */
const MOST_STEPS = 600; // differences followed; past that the rest counts as replaced, which is true if not minimal

/** `[{kind: "same" | "removed" | "added", text}]` in order; leaving out one kind of change gives each text back. */
export function difference(before, after) {
  const parts = [];
  for (const block of compare(before.match(/[^\n]*\n|[^\n]+$/g) ?? [], after.match(/[^\n]*\n|[^\n]+$/g) ?? [])) {
    if (block.removed.length && block.added.length) {
      for (const words of compare(inWords(block.removed.join("")), inWords(block.added.join("")))) put(parts, words);
    } else put(parts, block);
  }
  return parts;
}

const inWords = (text) => text.match(/[\p{L}\p{M}\p{N}_’']+|\s+|[^\p{L}\p{M}\p{N}_’'\s]/gu) ?? [];

function put(parts, block) {
  for (const kind of ["same", "removed", "added"]) {
    const text = block[kind].join("");
    if (!text) continue;
    if (parts.at(-1)?.kind === kind) parts.at(-1).text += text;
    else parts.push({ kind, text });
  }
}

/** Blocks of `{same, removed, added}`, lists of items; a block with `same` has nothing else. */
function compare(a, b) {
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) head += 1;
  let tail = 0;
  while (tail < Math.min(a.length, b.length) - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail += 1;
  const middle = path(a.slice(head, a.length - tail), b.slice(head, b.length - tail));
  return [
    { same: a.slice(0, head), removed: [], added: [] },
    ...middle,
    { same: tail ? a.slice(-tail) : [], removed: [], added: [] },
  ];
}

function path(a, b) {
  const trace = [];
  const reached = new Map([[1, 0]]);
  for (let steps = 0; steps <= Math.min(a.length + b.length, MOST_STEPS); steps += 1) {
    trace.push(new Map(reached));
    for (let k = -steps; k <= steps; k += 2) {
      let x = down(reached, k, steps) ? reached.get(k + 1) : reached.get(k - 1) + 1;
      while (x < a.length && x - k < b.length && a[x] === b[x - k]) x += 1;
      reached.set(k, x);
      if (x >= a.length && x - k >= b.length) return blocks(a, b, trace);
    }
  }
  return [{ same: [], removed: a, added: b }];
}

const down = (reached, k, steps) => k === -steps || (k !== steps && reached.get(k - 1) < reached.get(k + 1));

/** The way back through the steps, joined into blocks that hold what is removed and added between two equal items. */
function blocks(a, b, trace) {
  const found = [];
  let [x, y] = [a.length, b.length];
  const open = (same) => {
    const last = found.at(-1);
    if (last && Boolean(last.same.length) === same) return last;
    found.push({ same: [], removed: [], added: [] });
    return found.at(-1);
  };
  for (let steps = trace.length - 1; steps >= 0; steps -= 1) {
    const reached = trace[steps];
    const k = x - y;
    const before = down(reached, k, steps) ? k + 1 : k - 1;
    const startX = reached.get(before);
    while (x > Math.max(startX, 0) && y > Math.max(startX - before, 0)) {
      open(true).same.unshift(a[x - 1]);
      x -= 1;
      y -= 1;
    }
    if (steps === 0) break;
    if (before === k + 1) open(false).added.unshift(b[--y]);
    else open(false).removed.unshift(a[--x]);
  }
  return found.reverse();
}
