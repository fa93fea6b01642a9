/** What the service is asked: the text, and what is chosen beside it. */
import { byId } from "./dom.js";

const CHOICES = ["format", "language", "source-language", "reader"]; // the last only where the service has one

/** The body of a review; null while there is no text. */
export function asked() {
  if (!byId("text").value.trim()) return null;
  const body = { text: byId("text").value, format: byId("format").value };
  if (byId("language").value) body.language = byId("language").value;
  if (!byId("original").hidden && byId("source").value.trim()) {
    body.source = byId("source").value;
    if (byId("source-language").value) body.source_language = byId("source-language").value;
  }
  if (byId("reader")?.checked) body.options = { reader: true };
  return body;
}

/** Calls `changed` when something else is chosen. */
export function listenToChoices(changed) {
  for (const choice of CHOICES.map(byId)) choice?.addEventListener("change", changed);
}
