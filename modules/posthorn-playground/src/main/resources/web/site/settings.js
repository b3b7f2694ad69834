import { byId } from "./dom.js";

/** Lets the buttons at the top of the page choose its language and its theme. */
export function bindSettings(language) {
  const languages = document.querySelectorAll("[data-language]");
  for (const button of languages) {
    button.addEventListener("click", () => language.choose(button.dataset.language));
  }
  byId("theme").addEventListener("click", () => {
    window.posthornTheme.next();
    showTheme(language);
  });
  language.onChange(() => {
    document.title = language.text("document.title");
    for (const button of languages) {
      button.setAttribute("aria-pressed", String(button.dataset.language === language.current));
    }
    showTheme(language);
  });
}

function showTheme(language) {
  const theme = window.posthornTheme.current();
  byId("theme").dataset.shows = theme;
  byId("theme-name").textContent = language.text(`theme.${theme}`);
}
