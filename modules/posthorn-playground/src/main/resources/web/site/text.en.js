/** What every page says in English. */
export const en = {
  pages: "Pages",
  "page.lab": "Lab",
  "page.frames": "WebSocket frames",
  "page.transports": "Transports",
  settings: "Settings",
  language: "Language",
  "theme.auto": "Theme: system",
  "theme.light": "Theme: light",
  "theme.dark": "Theme: dark",
  footer: "Posthorn, the real-time server for Java. Apache License 2.0.",
  "footer.metrics": "Metrics",
  "footer.health": "Health",
};
