/** The text over a reload: kept by the tab when the page is left, taken out when it comes back. */
const NAME = "copydesk-draft";

/** Keeps what `now()` gives, `{text, source, format, sourceLanguage}`, when the page is left. */
export function keepDraft(now) {
  addEventListener("pagehide", () => {
    try {
      sessionStorage.setItem(NAME, JSON.stringify(now()));
    } catch {
      // Storage is forbidden, or the text is larger than it takes: then a reload begins anew.
    }
  });
}

/** What was kept; null where there is nothing. */
export function takeDraft() {
  try {
    const kept = JSON.parse(sessionStorage.getItem(NAME));
    sessionStorage.removeItem(NAME);
    return kept;
  } catch {
    return null;
  }
}
