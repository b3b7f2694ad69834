// The page of the transports, and the plain pages that it shows.
import assert from "node:assert/strict";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import http from "node:http";
import { after, before, test } from "node:test";
import { BASE_URL, launch } from "./browser.mjs";
import { open } from "./page.mjs";

const PAGES = ["short-polling", "long-polling", "iframe", "event-source", "event-source-open", "websocket"];
const SHOWN = ["short-polling", "long-polling", "iframe", "event-source", "websocket"];
const PLAIN = new URL("../../main/resources/web/plain/", import.meta.url);
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3})?Z$/;

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser.close());

function openTransports({ context, ...settings } = {}) {
  return open(context ?? browser, `${BASE_URL}/transports/?lang=en`, settings);
}

/** Waits until the page in this frame or window has shown two times, and gives the second. */
async function ticks(page) {
  const shown = async (other) => {
    await page.waitForFunction((last) => !["…", "", last].includes(document.querySelector("#time").textContent), other);
    return page.textContent("#time");
  };
  return shown(await shown(""));
}

/** The page that runs in a panel, once it does. */
async function running(page, name) {
  await page.locator(`#${name} .stage`).scrollIntoViewIfNeeded();
  const frame = await page.waitForSelector(`#${name} .stage iframe`);
  return frame.contentFrame();
}

function framesOf(page) {
  return page.$$eval(".stage iframe", (frames) => frames.map((frame) => frame.dataset.file));
}

for (const name of PAGES) {
  test(`${name}.html shows the time when it is opened by itself`, async () => {
    const { page, complaints, context } = await open(browser, "about:blank");
    await page.goto(`${BASE_URL}/plain/${name}.html`, { waitUntil: "commit" });
    assert.match(await ticks(page), TIME);
    assert.deepEqual(complaints, []);
    await context.close();
  });
}

test("each transport's page runs beside its source, which is the file", async () => {
  const { page, complaints, context } = await openTransports();
  for (const name of SHOWN) {
    assert.match(await ticks(await running(page, name)), TIME, name);
    const source = readFileSync(new URL(`${name}.html`, PLAIN), "utf8");
    assert.equal(await page.textContent(`#${name} pre`), source, name);
    assert.equal(await page.textContent(`#${name} .state`), "Running");
  }
  await page.click("#event-source .choice button:last-child");
  assert.match(await ticks(await running(page, "event-source")), TIME);
  assert.match(await page.textContent("#event-source pre"), /\?event=open/);
  assert.deepEqual(complaints, []);
  await context.close();
});

test("the pages work on another server with this one's address in them, the iframe as the variant that is shown", async () => {
  const { page: shown, context: first } = await openTransports();
  await shown.click("#iframe .choice button:last-child");
  await shown.waitForFunction(() => document.querySelector("#iframe pre").textContent.includes("addEventListener"));
  const variant = await shown.textContent("#iframe pre");
  assert.ok(variant.includes(`<iframe src="${new URL(BASE_URL).origin}/clock"`), variant);
  assert.equal(await shown.locator("#iframe iframe").count(), 0);
  await first.close();

  const elsewhere = http.createServer(({ url }, response) => {
    const name = PAGES.find((page) => url === `/${page}.html`);
    if (!name) {
      response.writeHead(404).end();
      return;
    }
    const source = name === "iframe" ? variant : readFileSync(new URL(`${name}.html`, PLAIN), "utf8");
    response.setHeader("Content-Type", "text/html").end(source.replaceAll('"/clock', `"${BASE_URL}/clock`));
  });
  await once(elsewhere.listen(0, "127.0.0.1"), "listening");
  for (const name of PAGES) {
    const { page, complaints, context } = await open(browser, "about:blank");
    await page.goto(`http://localhost:${elsewhere.address().port}/${name}.html`, { waitUntil: "commit" });
    assert.match(await ticks(page), TIME, name);
    assert.deepEqual(complaints, [], name);
    await context.close();
  }
  elsewhere.close();
});

test("what is in sight runs, and of the streams two", async () => {
  const { page, context } = await openTransports({ viewport: { width: 1280, height: 5000 } });
  await page.waitForSelector("[data-state=waiting]");
  await page.waitForFunction(() => document.querySelectorAll(".stage iframe").length === 4);
  const held = (await framesOf(page)).filter((file) => ["long-polling", "iframe", "event-source"].includes(file));
  assert.equal(held.length, 2);
  assert.match(await page.textContent("[data-state=waiting]"), /Waiting/);
  await page.setViewportSize({ width: 1280, height: 500 });
  await page.evaluate(() => window.scrollTo(0, 0));
  await page.waitForFunction(() => document.querySelectorAll(".stage iframe").length <= 1);
  await context.close();
});

test("a page that is paused runs no more, and makes room for another", async () => {
  const { page, context } = await openTransports({ viewport: { width: 1280, height: 5000 } });
  const waiting = await page.waitForSelector(".transport:has([data-state=waiting])");
  const name = await waiting.getAttribute("id");
  const [other] = (await framesOf(page)).filter((file) => ["long-polling", "iframe", "event-source"].includes(file) && file !== name);
  await page.click(`#${other} .result button`);
  await page.waitForSelector(`#${other} [data-state=paused]`);
  assert.match(await ticks(await running(page, name)), TIME);
  assert.equal(await page.locator(`#${other} iframe`).count(), 0);
  await page.click(`#${other} .result button`);
  await page.waitForSelector(`#${other} :is([data-state=running], [data-state=waiting])`);
  await context.close();
});

test("a hidden tab runs nothing", async () => {
  const { page, context } = await openTransports();
  await running(page, "iframe");
  const turn = (hidden) =>
    page.evaluate((value) => {
      Object.defineProperty(document, "hidden", { value, configurable: true });
      document.dispatchEvent(new Event("visibilitychange"));
    }, hidden);
  await turn(true);
  assert.deepEqual(await framesOf(page), []);
  await turn(false);
  assert.match(await ticks(await running(page, "iframe")), TIME);
  await context.close();
});

test("open twice in one browser, every transport runs in both", async () => {
  const viewport = { width: 1280, height: 5000 };
  const context = await browser.newContext({ viewport });
  const pages = [await context.newPage(), await context.newPage()];
  for (const page of pages) {
    await page.goto(`${BASE_URL}/transports/?lang=en`);
    await page.waitForFunction(() => document.querySelectorAll(".stage iframe").length === 4);
  }
  for (const page of pages) {
    for (const file of await framesOf(page)) {
      assert.match(await ticks(await running(page, file)), TIME, file);
    }
  }
  await pages[0].click(".pages a[href='/frames/']");
  await pages[0].waitForSelector("#status[data-state=open]");
  await context.close();
});

test("going back leads to the page before, however often a frame began anew", async () => {
  const { page, context } = await open(browser, `${BASE_URL}/frames/?lang=en`);
  await page.click(".pages a[href='/transports/']");
  for (const name of [...SHOWN, "iframe", "short-polling"]) {
    await running(page, name);
  }
  await page.goBack();
  await page.waitForSelector("#status[data-state=open]");
  await context.close();
});
