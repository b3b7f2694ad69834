import assert from "node:assert/strict";
import axe from "axe-core";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import { BASE_URL, launch } from "./browser.mjs";
import { open } from "./page.mjs";
import { Wire } from "./wire.mjs";

const README = new URL("../../../../../README.md", import.meta.url);

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser.close());

async function openFront({ url = BASE_URL, lang = "en", ...settings } = {}) {
  const opened = await open(browser, lang ? `${url}/?lang=${lang}` : `${url}/`, settings);
  await opened.page.waitForSelector("#clock[data-state=open]");
  return opened;
}

/** Waits until the clock shows another time than this one. */
async function ticksOn(page, from = "--:--:--") {
  const time = await page.waitForFunction((old) => {
    const shown = document.querySelector("#now").textContent;
    return shown !== old && shown;
  }, from);
  return time.jsonValue();
}

/** Lets the tab be hidden, or be seen again. */
function hide(page, isHidden) {
  return page.evaluate((hidden) => {
    Object.defineProperty(document, "hidden", { configurable: true, get: () => hidden });
    document.dispatchEvent(new Event("visibilitychange"));
  }, isHidden);
}

for (const lang of ["en", "zh"]) {
  for (const colorScheme of ["light", "dark"]) {
    for (const width of [1280, 768, 390, 320]) {
      test(`front page, ${lang}, ${colorScheme}, ${width} px: nothing sticks out, nothing is at fault`, async () => {
        const { page, complaints, context } = await openFront({ lang, colorScheme, width });
        await ticksOn(page);
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        assert.ok(overflow <= 0, `${overflow} px too wide`);
        await page.evaluate(axe.source);
        const { violations } = await page.evaluate(() => window.axe.run());
        assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" | ")}`), []);
        const empty = await page.$$eval("[data-text]", (all) => all.filter((each) => !each.textContent).map((each) => each.dataset.text));
        assert.deepEqual(empty, []);
        assert.deepEqual(complaints, []);
        await context.close();
      });
    }
  }
}

test("the clock ticks, in the words of the feed", async () => {
  const { page, context } = await openFront();
  const first = await ticksOn(page);
  assert.match(first, /^\d\d:\d\d:\d\d$/);
  assert.ok((await ticksOn(page, first)) !== first);
  assert.match(await page.getAttribute("#now", "datetime"), /^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
  assert.match(await page.textContent("#rest"), /^\.\d{3} UTC$/);
  await context.close();
});

test("a hidden page holds no connection, and the clock goes on when it is seen again", async () => {
  const sockets = [];
  const prepare = (page) => page.on("websocket", (socket) => sockets.push(socket));
  const { page, context } = await openFront({ prepare });
  const before = await ticksOn(page);
  await hide(page, true);
  assert.equal(await page.getAttribute("#clock", "data-state"), "hidden");
  if (!sockets[0].isClosed()) {
    await sockets[0].waitForEvent("close");
  }
  assert.equal(sockets.length, 1);
  await hide(page, false);
  await page.waitForSelector("#clock[data-state=open]");
  await ticksOn(page, before);
  assert.equal(sockets.length, 2);
  await context.close();
});

test("the clock comes back with the server", async () => {
  const wire = new Wire(BASE_URL);
  await wire.mend();
  const { page, context } = await openFront({ url: wire.url });
  const before = await ticksOn(page);
  await wire.cut();
  await page.waitForSelector("#clock[data-state=gone]");
  assert.match(await page.textContent("#clock-state"), /cannot be reached/);
  await wire.mend();
  await page.waitForSelector("#clock[data-state=open]");
  await ticksOn(page, before);
  await context.close();
  await wire.cut();
});

test("the first door leads to the lab, the others to the frames and the transports", async () => {
  const { page, complaints, context } = await openFront();
  const doors = await page.$$eval(".door h2 a", (links) => links.map((link) => link.getAttribute("href")));
  assert.deepEqual(doors, ["/lab/", "/frames/", "/transports/"]);
  const areas = await page.$$eval(".door", (all) => all.map(({ offsetWidth, offsetHeight }) => offsetWidth * offsetHeight));
  assert.ok(areas[0] > areas[1] + areas[2], String(areas));
  for (const [index, path] of doors.entries()) {
    // Anywhere on a door, not on its words only.
    await page.locator(".door").nth(index).click({ position: { x: 8, y: 8 } });
    await page.waitForURL(`${new URL(BASE_URL).origin}${path}`);
    assert.equal(await page.getAttribute(".pages [aria-current]", "href"), path);
    await page.click(".brand");
    await page.waitForSelector("#clock[data-state=open]");
  }
  assert.deepEqual(complaints, []);
  await context.close();
});

test("metrics and health can be read from here", async () => {
  const { page, context } = await openFront();
  for (const path of ["/metrics", "/healthz"]) {
    await page.click(`.facts a[href="${path}"]`);
    await page.waitForURL(`${new URL(BASE_URL).origin}${path}`);
    await page.goBack();
  }
  await context.close();
});

test("the server on the page is the one in the README", async () => {
  const { page, context } = await openFront();
  const [, sample] = /^```java\n(.*?)^```$/ms.exec(await readFile(README, "utf8"));
  assert.equal(`${await page.textContent(".server pre")}\n`, sample);
  await context.close();
});

test("the doors can be reached and opened with the keyboard alone", async () => {
  const { page, context } = await openFront();
  const active = (name) => page.evaluate((property) => document.activeElement[property], name);
  await page.keyboard.press("Tab");
  assert.equal(await active("className"), "skip");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  assert.equal(await active("pathname"), "/lab/");
  assert.equal(await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle), "solid");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.waitForSelector("#status[data-state=open]");
  await context.close();
});

test("the front page speaks the language that was chosen", async () => {
  const { page, context } = await openFront({ lang: null, locale: "zh-CN" });
  assert.equal(await page.getAttribute("html", "lang"), "zh-CN");
  assert.equal(await page.title(), "Posthorn：Java 实时服务器");
  await page.click("[data-language=en]");
  assert.equal(await page.title(), "Posthorn, the real-time server for Java");
  assert.doesNotMatch(await page.innerText("main"), /\p{Script=Han}/u);
  await context.close();
});
