// Runs before the first paint, so that a remembered theme does not flash: a classic script, not a module.
(() => {
  const themes = ["auto", "light", "dark"];
  const root = document.documentElement;

  function remembered() {
    try {
      const theme = localStorage.getItem("theme");
      return themes.includes(theme) ? theme : "auto";
    } catch {
      return "auto"; // storage may be forbidden; the page works without it
    }
  }

  root.dataset.theme = remembered();

  window.posthornTheme = {
    current: () => root.dataset.theme,
    next() {
      const theme = themes[(themes.indexOf(root.dataset.theme) + 1) % themes.length];
      root.dataset.theme = theme;
      try {
        localStorage.setItem("theme", theme);
      } catch {
        // not remembered, but shown
      }
      return theme;
    },
  };
})();
