/** The switch between light and dark. Until it is used the system decides; `theme.js` sets an earlier choice. */
const DARK = matchMedia("(prefers-color-scheme: dark)");

/** Makes `toggle` a button that is pressed while the page is dark, whoever decided it. */
export function switchColours(toggle) {
  const draw = () => toggle.setAttribute("aria-pressed", String(isDark()));
  toggle.addEventListener("click", () => {
    choose(isDark() ? "light" : "dark");
    draw();
  });
  DARK.addEventListener("change", draw);
  draw();
}

function isDark() {
  const chosen = document.documentElement.dataset.theme;
  return chosen ? chosen === "dark" : DARK.matches;
}

function choose(theme) {
  document.documentElement.dataset.theme = theme;
  try {
    localStorage.setItem("copydesk-theme", theme);
  } catch {
    // Without storage the choice holds until the page is left.
  }
}
