import { BASE_URL } from "./browser.mjs";
import { open } from "./page.mjs";

const POLICY = "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const BLANK = `<!DOCTYPE html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <title>Views of the lab</title>
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <link rel="stylesheet" href="/site/colours.css">
    <link rel="stylesheet" href="/site/site.css">
    <link rel="stylesheet" href="/lab/lab.css">
    <link rel="stylesheet" href="/lab/plots/plots.css">
    <link rel="stylesheet" href="/lab/table/table.css">
    <link rel="stylesheet" href="/frames/drawing.css">
    <link rel="stylesheet" href="/lab/wire/wire.css">
    <link rel="stylesheet" href="/lab/wire/piece.css">
    <script src="/site/theme.js"></script>
  </head>
  <body><main><h1>Views</h1><h2>Of the lab</h2></main></body>
</html>`;

/**
 * Opens a page with nothing but a view of a lab that does not run: `window.lab` tells what a test lets it tell, at
 * `window.clock.now`, and `window.view` is the view.
 *
 * @param view `{file, name}` of the class, and the folder of its texts
 */
export async function openView(browser, { file, name, texts }, { lang = "en", ...settings } = {}) {
  const url = `${BASE_URL}/views-of-the-lab?lang=${lang}`;
  const prepare = async (page) => {
    await page.route(url, (route) => route.fulfill({ body: BLANK, contentType: "text/html", headers: { "Content-Security-Policy": POLICY } }));
    await settings.prepare?.(page);
  };
  const opened = await open(browser, url, { ...settings, prepare });
  await opened.page.evaluate(makeLab);
  await opened.page.evaluate(showView, { file, name, texts });
  return opened;
}

// Runs in the page: what lab.js promises to its views, without anything behind it.
function makeLab() {
  const reader = (name) => ({
    name,
    transport: name === "traveller" ? "event-source" : name,
    state: name === "traveller" ? "off" : "live",
    isCut: false,
    ...{ value: null, number: 0, messages: 0, missed: 0, duplicates: 0 },
    ...{ requests: 0, received: 0, sent: 0, reconnects: 0, latency: null, bytesPerMessage: null },
  });
  const names = ["short-polling", "long-polling", "iframe", "event-source", "websocket", "traveller"];
  const listeners = new Map();
  window.clock = { now: Date.UTC(2026, 10, 22, 20, 30), time: () => window.clock.now };
  window.lab = {
    readers: new Map(names.map((name) => [name, reader(name)])),
    state: { name: "running" },
    settings: { rate: 1, payload: 64, paused: false },
    offline: 0,
    inspected: [],
    inspect: (name) => window.lab.inspected.push(name),
    on: (type, listener) => listeners.set(type, [...(listeners.get(type) ?? []), listener]),
    tell: (type, event) => (listeners.get(type) ?? []).forEach((listener) => listener(event)),
  };
}

// Runs in the page.
async function showView({ file, name, texts }) {
  const [{ Language }, { en }, { zh }, views] = await Promise.all([
    import("/site/language.js"),
    import(`${texts}/text.en.js`),
    import(`${texts}/text.zh.js`),
    import(file),
  ]);
  const language = new Language({ en, zh });
  const view = new views[name](window.lab, language, window.clock.time);
  language.onChange(() => view.render());
  language.apply();
  Object.assign(window, { view, language });
  document.querySelector("main").append(view.element);
}
