// Runs before the first paint, and is therefore no module: a choice of colours made earlier must not flash.
(() => {
  try {
    const theme = localStorage.getItem("copydesk-theme");
    if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
  } catch {
    // Storage can be forbidden; the colours of the system then stand.
  }
})();
