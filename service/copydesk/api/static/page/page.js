/** The page: what people do goes to the desk, and what the desk holds is drawn. */
import { listenToKey } from "./access.js";
import { asked, listenToChoices } from "./asked.js";
import { drawCards } from "./cards.js";
import { drawChanges } from "./changes.js";
import { Checking } from "./checking.js";
import { switchColours } from "./colours.js";
import { Desk } from "./desk.js";
import { byId, counted, say } from "./dom.js";
import { keepDraft, takeDraft } from "./draft.js";
import { copyText, listenForFiles, readFile, saveText } from "./files.js";
import { explain, listen, table } from "./keys.js";
import { paint, paintSource, reveal } from "./marks.js";
import { saveReport } from "./report.js";
import { acceptAllSafe } from "./rounds.js";
import { SAMPLE } from "./sample.js";
import { sayAnew, sayCount, tellEngines, tellProblem, tellReview } from "./telling.js";

const field = byId("text");
const source = byId("source");
const mirror = byId("mirror");
const desk = new Desk(draw);
let file = null; // the file that the text came from
let drawnText = null;
let readSource = ""; // the source text that the findings' places are in
let busy = false;

const checking = new Checking(asked, {
  busy: (on) => {
    busy = on;
    drawHeading();
  },
  answered: (request, document) => {
    tellProblem(null);
    readSource = request.source ?? "";
    desk.receive(request.text, document, readSource);
    sayCount(desk.shown.length);
    if (document.engines.every(({ name }) => name !== "languagetool")) checking.watchEngines();
  },
  failed: (problem) => tellProblem(problem, () => checking.now()),
  engines: (states) => tellEngines(states, desk.answer, () => checking.now()),
});

function draw() {
  const { text } = desk.state;
  if (field.value !== text) keepingCaret(() => (field.value = text));
  const moved = drawnText !== text;
  drawnText = text;
  if (moved && text.trim()) checking.soon();
  if (!text.trim()) checking.stop();
  paint(mirror, text, desk.shown, desk.current);
  paintSource(byId("source-mirror"), source.value, source.value === readSource ? desk.current?.source : null);
  keepingFocus(() => drawCards(byId("list"), desk, actions));
  drawHeading();
  if (!byId("changes").hidden) drawChanges(byId("changes"), desk.state.original, text);
}

/** A value that is set moves the caret to its end: here it stays at its place. */
function keepingCaret(set) {
  const { selectionStart } = field;
  set();
  field.setSelectionRange(Math.min(selectionStart, field.value.length), Math.min(selectionStart, field.value.length));
}

/** The list is drawn anew: who was in it is led to the current finding, and to the list when nothing is left. */
function keepingFocus(drawn) {
  const within = byId("list").contains(document.activeElement);
  drawn();
  if (within) focusCurrent();
}

function focusCurrent() {
  const head = byId("list").querySelector("[aria-current] .head") ?? byId("list").querySelector(".head");
  (head ?? byId("heading")).focus({ preventScroll: true });
  head?.closest("li").scrollIntoView({ block: "nearest" });
}

function drawHeading() {
  tellReview(desk, busy, field.value);
  for (const chip of byId("legend").children) {
    const count = desk.undecided.filter(({ family }) => family === chip.dataset.family).length;
    chip.querySelector("b").textContent = count || "";
    chip.hidden = count === 0;
    chip.setAttribute("aria-pressed", String(!desk.hidden.has(chip.dataset.family)));
  }
}

/** Shows the current finding in the list and in the text. */
function toCurrent(focus = true) {
  if (focus) focusCurrent();
  else byId("list").querySelector("[aria-current]")?.scrollIntoView({ block: "nearest" });
  reveal(mirror, "mark.current");
  reveal(byId("source-mirror"), "mark.related");
}

const actions = {
  select: (id) => {
    desk.select(id === desk.currentId ? null : id);
    if (desk.current) toCurrent();
  },
  accept: (id, number) => {
    if (!desk.accept(desk.named(id), number)) return say("There is no such fix");
    toCurrent(field !== document.activeElement);
    return say(`Accepted. ${counted(desk.shown.length, "finding")} left`);
  },
  dismiss: (id) => {
    desk.dismiss(desk.named(id));
    toCurrent(field !== document.activeElement);
    say(`Dismissed. ${counted(desk.shown.length, "finding")} left`);
  },
  show: (index) => reveal(mirror, `mark[data-id="related-${index}"]`),
  showSource: () => reveal(byId("source-mirror"), "mark.related"),
  step: (by) => stepped(by),
};

const run = {
  next: () => stepped(1),
  previous: () => stepped(-1),
  accept: (number) => desk.current && actions.accept(desk.currentId, number),
  dismiss: () => desk.current && actions.dismiss(desk.currentId),
  acceptSafe: async () => {
    const count = await acceptAllSafe(desk, () => checking.now());
    say(`Accepted ${counted(count, "safe fix", "safe fixes")}`);
  },
  undo: () => say(desk.undo() ? "Undone" : "There is nothing to undo"),
  redo: () => say(desk.redo() ? "Done again" : "There is nothing to do again"),
  toggleChanges: () => showChanges(byId("changes").hidden),
  copy: () => copyText(desk.state.text),
  download: () => saveText(desk.state.text, file, byId("format").value),
  open: () => byId("file").click(),
  edit: () => {
    showChanges(false);
    field.focus();
    if (desk.current) field.setSelectionRange(desk.current.start, desk.current.end);
  },
  leaveText: focusCurrent,
  help: () => byId("help").showModal(),
  check: () => {
    sayAnew();
    checking.now();
  },
};

function stepped(by) {
  desk.step(by);
  if (desk.current) toCurrent(field !== document.activeElement);
}

function showChanges(on) {
  byId("changes").hidden = !on;
  byId("sheets").hidden = on;
  byId("view-text").setAttribute("aria-pressed", String(!on));
  byId("view-changes").setAttribute("aria-pressed", String(on));
  if (on) drawChanges(byId("changes"), desk.state.original, desk.state.text);
}

async function take(chosen) {
  try {
    const read = await readFile(chosen);
    file = read;
    byId("format").value = read.format;
    desk.open(read.text);
    checking.now();
    say(`${read.name} is open`);
  } catch (error) {
    tellProblem(error);
  }
}

/** A click into a marked word chooses its finding, without taking the caret away. */
function choosePlace() {
  const at = field.selectionStart;
  if (at !== field.selectionEnd) return;
  const here = desk.shown.filter(({ start, end }) => start <= at && at <= end);
  const nearest = here.sort((a, b) => a.end - a.start - (b.end - b.start))[0];
  if (!nearest || nearest.fingerprint === desk.currentId) return;
  desk.select(nearest.fingerprint);
  byId("list").querySelector("[aria-current]")?.scrollIntoView({ block: "nearest" });
}

function showSource() {
  const on = byId("original").hidden;
  byId("original").hidden = !on;
  byId("sheets").classList.toggle("beside", on);
  byId("bilingual").setAttribute("aria-pressed", String(on));
  if (on) source.focus();
  if (source.value.trim()) checking.now();
}

function typedSource() {
  paintSource(byId("source-mirror"), source.value, null);
  checking.soon();
}

const CLICKS = {
  open: run.open,
  bilingual: showSource,
  keys: run.help,
  "view-text": () => showChanges(false),
  "view-changes": () => showChanges(true),
  copy: run.copy,
  download: run.download,
  report: () => saveReport(desk),
  check: run.check,
  undo: run.undo,
  safe: run.acceptSafe,
  walk: run.next,
  sample: () => {
    desk.open(SAMPLE);
    checking.now();
  },
};

function wire() {
  for (const [id, action] of Object.entries(CLICKS)) byId(id).addEventListener("click", action);
  field.addEventListener("input", () => desk.type(field.value));
  field.addEventListener("click", choosePlace);
  source.addEventListener("input", typedSource);
  listenToChoices(() => checking.now());
  listenToKey(() => checking.now());
  byId("legend").addEventListener("click", (event) => {
    const chip = event.target.closest(".chip");
    if (chip) desk.filter(chip.dataset.family, desk.hidden.has(chip.dataset.family));
  });
  switchColours(byId("theme"));
  addEventListener("online", () => checking.now());
  const rows = table(run);
  explain(byId("help-keys"), rows);
  listen(rows, run);
  listenForFiles(take);
  keepDraft(() => ({
    text: field.value,
    source: source.value,
    format: byId("format").value,
    sourceLanguage: byId("source-language").value,
  }));
}

function restore() {
  const draft = takeDraft();
  byId("format").value = draft?.format ?? "text";
  source.value = draft?.source ?? "";
  byId("source-language").value = draft?.sourceLanguage ?? "";
  if (source.value) showSource();
  if (draft?.text) desk.open(draft.text);
  else draw();
}

wire();
restore();
checking.watchEngines();
