import assert from "node:assert/strict";
import axe from "axe-core";
import { after, before, test } from "node:test";
import { BASE_URL, launch } from "./browser.mjs";
import { frames, open, openPage, press, say } from "./page.mjs";

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser.close());

async function seriousFaults(page) {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() => window.axe.run());
  return violations
    .filter(({ impact }) => ["serious", "critical"].includes(impact))
    .map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" | ")}`);
}

for (const lang of ["en", "zh"]) {
  for (const colorScheme of ["light", "dark"]) {
    for (const width of [1280, 390, 320]) {
      test(`${lang}, ${colorScheme}, ${width} px: nothing sticks out, nothing is unreadable`, async () => {
        const { page, complaints, context } = await openPage(browser, { lang, colorScheme, width });
        assert.deepEqual(await seriousFaults(page), []);
        for (const action of ["text5", "text65536", "binary", "fragments", "ping"]) {
          await press(page, action);
        }
        await say(page, "长".repeat(300));
        await frames(page, 13);
        for (const number of [1, 3, 5]) {
          await page.click(`#frame-${number}`);
          const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
          assert.ok(overflow <= 0, `${overflow} px too wide with frame ${number}`);
        }
        assert.deepEqual(await seriousFaults(page), []);
        assert.deepEqual(complaints, []);
        await context.close();
      });
    }
  }
}

for (const lang of ["en", "zh"]) {
  for (const colorScheme of ["light", "dark"]) {
    for (const width of [1280, 390, 320]) {
      test(`transports, ${lang}, ${colorScheme}, ${width} px: nothing sticks out, nothing is unreadable`, async () => {
        const url = `${BASE_URL}/transports/?lang=${lang}`;
        const { page, complaints, context } = await open(browser, url, { colorScheme, width });
        for (const choice of [1, 2]) {
          for (const transport of ["iframe", "event-source"]) {
            await page.click(`#${transport} .choice button:nth-child(${choice})`);
            await page.waitForSelector(`#${transport} .line`);
          }
          const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
          assert.ok(overflow <= 0, `${overflow} px too wide`);
          assert.deepEqual(await seriousFaults(page), []);
        }
        const empty = await page.$$eval("main :is(p, h2, b, span, button)", (all) =>
          all.filter((each) => !each.textContent).map((each) => each.outerHTML),
        );
        assert.deepEqual(empty, []);
        assert.deepEqual(complaints, []);
        await context.close();
      });
    }
  }
}

test("a plain page follows the theme of the page around it", async () => {
  // An emulated scheme would hold for every frame, whatever is around it.
  const { page, context } = await open(browser, `${BASE_URL}/transports/?lang=en`, { colorScheme: null });
  const plain = await page.waitForSelector("#short-polling iframe").then((element) => element.contentFrame());
  const hasInk = (colour) => plain.waitForFunction((ink) => getComputedStyle(document.body).color === ink, colour);
  for (const [theme, ink] of [["light", "rgb(0, 0, 0)"], ["dark", "rgb(255, 255, 255)"]]) {
    await page.click("#theme");
    assert.equal(await page.getAttribute("html", "data-theme"), theme);
    await hasInk(ink);
  }
  await context.close();
});

test("a transport can be paused, and its page chosen, with the keyboard alone", async () => {
  const { page, context } = await open(browser, `${BASE_URL}/transports/?lang=en`);
  await page.waitForSelector("#iframe pre .line");
  await page.focus("#iframe .choice button:last-child");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.querySelector("#iframe pre").textContent.includes('"message"'));
  assert.equal(await page.getAttribute("#iframe .choice button:last-child", "aria-pressed"), "true");
  await page.focus("#websocket .result button");
  await page.keyboard.press("Space");
  assert.equal(await page.textContent("#websocket .state"), "Paused");
  assert.equal(await page.evaluate(() => document.activeElement.textContent), "Run");
  await context.close();
});

test("on a phone the newest frame stays in sight, and leads to the frames", async () => {
  const { page, context } = await openPage(browser, { width: 390, viewport: { width: 390, height: 700 } });
  await press(page, "text5");
  await frames(page, 2);
  const { y, height } = await page.locator("#newest").boundingBox();
  assert.ok(y + height <= 700, `the line ends at ${y + height}`);
  assert.match(await page.textContent("#newest"), /^#2Text22 B/);
  await page.click("#newest");
  await page.waitForFunction(() => Math.abs(document.querySelector("#frames").getBoundingClientRect().top) < 1);
  await context.close();
});

test("every text is there in both languages, and the choice is remembered", async () => {
  const { page, complaints, context } = await openPage(browser, { lang: null, locale: "zh-CN" });
  assert.equal(await page.getAttribute("html", "lang"), "zh-CN");
  await page.click("[data-language=en]");
  assert.equal(await page.getAttribute("html", "lang"), "en");
  const shown = (await page.innerText("main")).replaceAll("服务器说：", "");
  assert.doesNotMatch(shown, /\p{Script=Han}/u);
  await page.goto(`${BASE_URL}/frames/`);
  assert.equal(await page.getAttribute("html", "lang"), "en");
  await page.goto(`${BASE_URL}/frames/?lang=zh`);
  assert.equal(await page.getAttribute("html", "lang"), "zh-CN");
  const empty = await page.$$eval("[data-text]", (all) => all.filter((each) => !each.textContent).map((each) => each.dataset.text));
  assert.deepEqual(empty, []);
  assert.deepEqual(complaints, []);
  await context.close();
});

test("the first guess for another language is English", async () => {
  const { page, context } = await openPage(browser, { lang: null, locale: "fr-FR" });
  assert.equal(await page.getAttribute("html", "lang"), "en");
  await context.close();
});

test("the theme follows the system until one is chosen, which is remembered", async () => {
  const { page, context } = await openPage(browser, { colorScheme: "dark" });
  const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const dark = await ground();
  await page.click("#theme");
  assert.equal(await page.getAttribute("html", "data-theme"), "light");
  const light = await ground();
  assert.notEqual(light, dark);
  await page.reload();
  assert.equal(await ground(), light);
  await context.close();
});

test("the page can be used with the keyboard alone", async () => {
  const { page, context } = await openPage(browser);
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.className), "skip");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.id), "words");
  await page.keyboard.type("by keyboard");
  await page.keyboard.press("Enter");
  await frames(page, 2);
  const outline = await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle);
  assert.equal(outline, "solid");
  await page.focus("#closing [type=submit]");
  await page.keyboard.press("Enter");
  await page.waitForSelector("#status[data-state=closed]");
  assert.equal(await page.evaluate(() => document.activeElement.id), "reconnect");
  await context.close();
});
