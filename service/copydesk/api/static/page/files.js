/** Files in and out. Line ends of a file are kept aside: in a text field there is only one kind. */
import { byId, say, save } from "./dom.js";

const FORMATS = {
  md: "markdown",
  markdown: "markdown",
  html: "html",
  htm: "html",
  xhtml: "html",
  srt: "srt",
  vtt: "vtt",
  txt: "text",
  text: "text",
};
const TYPES = {
  text: "text/plain",
  markdown: "text/markdown",
  html: "text/html",
  srt: "application/x-subrip",
  vtt: "text/vtt",
};
const SUFFIXES = { text: "txt", markdown: "md", html: "html", srt: "srt", vtt: "vtt" };

/** What was read: `{text, format, name, windows}`. Throws an Error with words for the person. */
export async function readFile(file) {
  const suffix = file.name.includes(".") ? file.name.split(".").at(-1).toLowerCase() : "";
  const format = FORMATS[suffix] ?? (file.type.startsWith("text/") ? "text" : null);
  if (suffix === "docx") throw new Error(`“${file.name}” is a Word file: “copydesk check” reads it from disk.`);
  if (format === null) throw new Error(`“${file.name}” is not plain text, Markdown, HTML or subtitles.`);
  let text;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(await file.arrayBuffer());
  } catch {
    throw new Error(`“${file.name}” is not in UTF-8. Save it as UTF-8 and open it again.`);
  }
  return { text: text.replace(/\r\n?/g, "\n"), format, name: file.name, windows: text.includes("\r\n") };
}

/** Saves the text beside the file that it came from, with that file's line ends. */
export function saveText(text, file, format) {
  const stem = file ? file.name.replace(/\.[^.]*$/, "") : "text";
  const content = file?.windows ? text.replaceAll("\n", "\r\n") : text;
  save(`${stem}.clean.${SUFFIXES[format]}`, `${TYPES[format]};charset=utf-8`, content);
}

/** Copies `text`; also where the page is not in a secure context, in which browsers lack the clipboard. */
export async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const field = document.createElement("textarea");
    field.value = text;
    document.body.append(field);
    field.select();
    document.execCommand("copy");
    field.remove();
  }
  say("The text is copied");
}

/** Calls `take` with a file that is chosen or dropped anywhere; dropped text goes where it was dropped. */
export function listenForFiles(take) {
  const input = byId("file");
  input.addEventListener("change", () => {
    if (input.files.length) take(input.files[0]);
    input.value = "";
  });
  const veil = byId("drop");
  const hasFile = (event) => event.dataTransfer?.types.includes("Files");
  addEventListener("dragover", (event) => {
    if (!hasFile(event)) return;
    event.preventDefault();
    veil.hidden = false;
  });
  addEventListener("dragleave", (event) => {
    if (event.relatedTarget === null) veil.hidden = true;
  });
  addEventListener("drop", (event) => {
    veil.hidden = true;
    if (!hasFile(event)) return;
    event.preventDefault();
    if (event.dataTransfer.files.length) take(event.dataTransfer.files[0]);
  });
}
