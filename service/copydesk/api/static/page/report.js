/** The report: one HTML file with nothing from outside and nothing that runs, for whoever did not see the page. */
import { changeNodes } from "./changes.js";
import { counted, make, save, say, shortened } from "./dom.js";
import { preview } from "./findings.js";
import { pieces } from "./marks.js";
import { rule } from "./service.js";
import { readingWords } from "./telling.js";

const SHEETS = ["findings.css", "report.css"];
const POLICY = "default-src 'none'; style-src 'unsafe-inline'";

/** Saves the report of `desk`, with the styles that the page itself has. */
export async function saveReport(desk) {
  const styles = await Promise.all(SHEETS.map(async (name) => (await fetch(new URL(name, import.meta.url))).text()));
  save("copydesk-report.html", "text/html;charset=utf-8", await reportOf(desk, styles.join("\n")));
  say(`Report with ${counted(desk.undecided.length, "open finding")} saved`);
}

/** The file's content. `styles` is CSS; `desk` has the text, what is open and what was decided. */
async function reportOf(desk, styles) {
  const whys = await reasons(desk);
  const page = document.implementation.createHTMLDocument("copydesk report");
  page.documentElement.lang = "en";
  page.head.prepend(
    make("meta", { charset: "utf-8" }),
    make("meta", { "http-equiv": "Content-Security-Policy", content: POLICY }),
  );
  page.head.append(make("meta", { name: "viewport", content: "width=device-width, initial-scale=1" }));
  page.body.className = "report";
  page.body.append(...sections(desk, whys));
  // The styles go in as text, since this page's policy allows no style elements; “</head>” in the text is escaped.
  const html = page.documentElement.outerHTML.replace("</head>", () => `<style>\n${styles}</style>\n</head>`);
  return `<!doctype html>\n${html}\n`;
}

async function reasons(desk) {
  const told = [...desk.undecided, ...desk.state.accepted.map(({ finding }) => finding)];
  const ids = [...new Set(told.map((finding) => finding.rule))];
  return new Map(await Promise.all(ids.map(async (id) => [id, (await rule(id))?.why.trim()])));
}

function sections(desk, whys) {
  const { text, accepted, dismissed } = desk.state;
  const open = desk.undecided;
  const gone = desk.state.findings.filter((finding) => dismissed.has(finding.fingerprint));
  return [
    make("h1", {}, "copydesk report"),
    make("p", { class: "quiet" }, summary(desk, open, gone)),
    ...notices(desk.answer),
    ...section(
      "Open",
      open.map((finding, index) => entry(finding, text, whys, index + 1)),
    ),
    make("h2", {}, "Text"),
    make("div", { class: "report-text", lang: desk.answer?.language }, ...numbered(text, open)),
    ...section(
      "Accepted",
      accepted.map(({ finding, before, after }) => line(finding, before, after, whys)),
    ),
    ...section(
      "Dismissed",
      gone.map((finding) => line(finding, finding.text, null, whys)),
    ),
    ...changed(desk),
  ];
}

function summary(desk, open, gone) {
  const day = new Date().toISOString().slice(0, 10);
  const counts = `${open.length} open, ${desk.state.accepted.length} accepted, ${gone.length} dismissed`;
  return [day, counts, desk.answer ? readingWords(desk.answer) : "not read yet"].join(" · ");
}

const notices = (answer) => (answer?.notices ?? []).map(({ message }) => make("p", { class: "notice" }, message));

function section(title, entries) {
  if (entries.length === 0) return [];
  return [make("h2", {}, `${title} (${entries.length})`), make("ol", { class: "cards" }, ...entries)];
}

function entry(finding, text, whys, number) {
  const fix = finding.fixes[0];
  const after = fix ? preview(finding, fix, text).after : null;
  const item = line(finding, fix ? preview(finding, fix, text).before : finding.text, after, whys);
  item.id = `finding-${number}`;
  return item;
}

function line(finding, before, after, whys) {
  const why = whys.get(finding.rule);
  return make(
    "li",
    { class: `card ${finding.family}` },
    make("p", { class: "about" }, make("b", {}, finding.family), ` ${finding.severity} · ${finding.rule}`),
    make(
      "p",
      { class: "change" },
      before.trim() && make(after === null ? "em" : "del", {}, shortened(before.trim(), 200)),
      " ",
      after?.trim() ? make("ins", {}, shortened(after.trim(), 200)) : null,
    ),
    make("p", {}, finding.message),
    finding.source ? make("p", {}, "In the source text: ", make("q", {}, finding.source.words)) : null,
    why ? make("p", { class: "quiet" }, why) : null,
  );
}

/** The marked text, each mark's first piece with the number of its entry. */
function numbered(text, findings) {
  const layers = findings.map((finding, index) => ({ ...finding, classes: finding.family, id: String(index + 1) }));
  const nodes = pieces(text, layers);
  const told = new Set();
  for (const node of nodes.filter((one) => one instanceof Element)) {
    for (const mark of [node, ...node.querySelectorAll("mark")]) {
      const { id } = mark.dataset;
      if (told.has(id)) continue;
      told.add(id);
      mark.prepend(make("sup", {}, make("a", { href: `#finding-${id}` }, id)));
    }
  }
  return nodes;
}

function changed(desk) {
  const { original, text } = desk.state;
  if (original === null || original === text) return [];
  const nodes = changeNodes(original, text);
  return [make("h2", {}, "Changes"), make("div", { class: "difference" }, ...nodes)];
}
