/** Every key of the page in one table: what handles them and what the help shows. */
import { make } from "./dom.js";

/** Rows of `{keys, shown, does, run}`; `within` is for keys that also work inside the text. */
export function table(run) {
  return [
    { keys: ["j", "ArrowDown"], shown: "j ↓", does: "Next finding", run: run.next },
    { keys: ["k", "ArrowUp"], shown: "k ↑", does: "Previous finding", run: run.previous },
    { keys: ["Enter"], shown: "Enter", does: "Accept the first fix", run: () => run.accept(0) },
    {
      keys: ["1", "2", "3", "4", "5", "6", "7", "8", "9"],
      shown: "1 – 9",
      does: "Accept that fix",
      run: (key) => run.accept(Number(key) - 1),
    },
    { keys: ["Backspace", "Delete"], shown: "Backspace", does: "Dismiss", run: run.dismiss },
    { keys: ["A"], shown: "Shift A", does: "Accept all safe fixes", run: run.acceptSafe },
    { keys: ["u"], shown: "u, Ctrl Z", does: "Undo", run: run.undo },
    { keys: ["r"], shown: "r, Ctrl Shift Z", does: "Redo", run: run.redo },
    { keys: ["d"], shown: "d", does: "Text or changes", run: run.toggleChanges },
    { keys: ["c"], shown: "c", does: "Copy the text", run: run.copy },
    { keys: ["s"], shown: "s", does: "Download the text", run: run.download },
    { keys: ["o"], shown: "o", does: "Open a file", run: run.open },
    { keys: ["e"], shown: "e", does: "Edit the text at the finding", run: run.edit },
    { keys: ["Escape"], shown: "Escape", does: "From the text to the findings", run: run.leaveText, within: true },
    {
      keys: ["F8"],
      shown: "F8, Shift F8",
      does: "Next, previous finding, also within the text",
      run: (_, back) => (back ? run.previous() : run.next()),
      within: true,
    },
    { keys: ["?"], shown: "?", does: "This help", run: run.help },
  ];
}

/** Listens on the document. Keys of controls stay theirs: Enter on a button presses it. */
export function listen(rows, run) {
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing || document.querySelector("dialog[open]")) return;
    const handled = event.ctrlKey || event.metaKey ? withControl(event, run) : alone(event, rows);
    if (handled) event.preventDefault();
  });
}

function withControl(event, run) {
  if (event.altKey) return false;
  const key = event.key.toLowerCase();
  if (key === "enter") run.check();
  else if (key === "z" && event.target.id !== "source") (event.shiftKey ? run.redo : run.undo)();
  else if (key === "y" && event.target.id !== "source") run.redo();
  else return false;
  return true;
}

function alone(event, rows) {
  const row = rows.find(({ keys }) => keys.includes(event.key));
  if (!row || event.altKey) return false;
  const typing = event.target.matches("textarea, input, select");
  if (typing && !row.within) return false;
  const control = event.target.closest("button:not(.head), a, summary, .changes");
  if (control && /^(Enter|Arrow)/.test(event.key)) return false;
  row.run(event.key, event.shiftKey);
  return true;
}

/** Fills the help's table. */
export function explain(place, rows) {
  place.replaceChildren(
    ...rows.map(({ shown, does }) =>
      make("tr", {}, make("th", { scope: "row" }, make("kbd", {}, shown)), make("td", {}, does)),
    ),
    make("tr", {}, make("th", { scope: "row" }, make("kbd", {}, "Ctrl Enter")), make("td", {}, "Check now")),
  );
}
