// How the lab gets along with the few connections that a browser opens to a server.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { setImmediate } from "node:timers/promises";
import { BASE_URL, launch } from "./browser.mjs";
import { says } from "./lab-page.mjs";
import { open } from "./page.mjs";
import { Wire } from "./wire.mjs";

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser.close());

/** The polls of the page as `[reader, cache mode]`, in `window.polls`. */
function notePolls(page) {
  return page.addInitScript(() => {
    const { fetch } = window;
    window.polls = [];
    window.fetch = (url, options) => {
      window.polls.push([new URL(url).searchParams.get("reader"), options?.cache]);
      return fetch(url, options);
    };
  });
}

/** Lets the tab be hidden, or be seen again. */
function hide(page, isHidden) {
  return page.evaluate((value) => {
    Object.defineProperty(document, "hidden", { value, configurable: true });
    document.dispatchEvent(new Event("visibilitychange"));
  }, isHidden);
}

async function until(holds) {
  while (!holds()) {
    await setImmediate();
  }
}

/** Waits until a panel has a message. */
function tells(page, transport) {
  return says(page, `.panel[data-transport=${transport}] .number`, /^#\d+$/);
}

test("polls pass by the browser's cache, where two of the same address would wait for each other", async () => {
  const { page, context } = await open(browser, `${BASE_URL}/lab/?lang=en`, { prepare: notePolls });
  await tells(page, "short-polling");
  await tells(page, "long-polling");
  await page.click(".route [data-transport=long-polling]");
  await page.waitForFunction(() => window.polls.some(([reader]) => reader === "traveller"));
  const polls = await page.evaluate(() => window.polls);
  assert.deepEqual([...new Set(polls.map(([reader]) => reader))].toSorted(), ["long-polling", "short-polling", "traveller"]);
  assert.deepEqual(polls.filter(([, cache]) => cache !== "no-store"), []);
  await context.close();
});

test("the lab asks no other server for anything", async () => {
  const asked = [];
  const prepare = (page) => {
    page.on("request", (request) => asked.push(request.url()));
    page.on("websocket", (socket) => asked.push(socket.url()));
  };
  const { page, context } = await open(browser, `${BASE_URL}/lab/?lang=en`, { prepare });
  await tells(page, "websocket");
  const hosts = asked.filter((url) => /^(http|ws)/.test(url)).map((url) => new URL(url).host);
  assert.ok(hosts.length > 20, `${hosts.length}`);
  assert.deepEqual([...new Set(hosts)], [new URL(BASE_URL).host]);
  await context.close();
});

test("a hidden tab says so, and gives back every connection that it holds but that of its visit", async () => {
  const wire = new Wire(BASE_URL);
  await wire.mend();
  const { page, context } = await open(browser, `${wire.url}/lab/?lang=en`);
  await tells(page, "iframe");
  await tells(page, "event-source");
  await tells(page, "websocket");
  await hide(page, true);
  await says(page, "#status", /^Paused: this tab is hidden/);
  assert.match(await page.title(), /^Paused/);
  // Four of the six were held: two may be idle, kept by the browser for what is asked next. And the visit.
  await until(() => wire.connections <= 3);
  await hide(page, false);
  await says(page, "#status", /^Running/);
  assert.match(await page.title(), /^Posthorn/);
  await context.close();
  await wire.cut();
});
