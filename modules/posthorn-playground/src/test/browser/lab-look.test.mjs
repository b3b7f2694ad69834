// The lab as people see it: in both languages, light and dark, wide and narrow, by mouse and by keyboard.
import assert from "node:assert/strict";
import axe from "axe-core";
import { readdirSync, readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { MARKS, TRANSPORTS } from "../../main/resources/web/lab/marks.js";
import { en as plotsEn } from "../../main/resources/web/lab/plots/text.en.js";
import { en as tableEn } from "../../main/resources/web/lab/table/text.en.js";
import { Recovery } from "../../main/resources/web/lab/recovery.js";
import { en } from "../../main/resources/web/lab/text.en.js";
import { zh } from "../../main/resources/web/lab/text.zh.js";
import { en as wireEn } from "../../main/resources/web/lab/wire/text.en.js";
import { en as shared } from "../../main/resources/web/site/text.en.js";
import { BASE_URL, launch } from "./browser.mjs";
import { openLab as open, says, withLab as run } from "./lab-page.mjs";
import { open as openPage } from "./page.mjs";

const LAB = new URL("../../main/resources/web/lab/", import.meta.url);
const TIME = /^\d\d:\d\d:\d\d\.\d{3}$/;

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser.close());

const openLab = () => open(browser);
const withLab = (check, settings) => run(browser, check, settings);

async function faults(page) {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() => window.axe.run());
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" | ")}`);
}

function measure(page, transport, name) {
  return page.textContent(`.panel[data-transport=${transport}] [data-measure=${name}] .figure`);
}

function nothingLost(page) {
  return page.$$eval("[data-measure=missed] .figure, [data-measure=duplicates] .figure", (figures) =>
    figures.every((figure) => figure.textContent === "0"),
  );
}

for (const lang of ["en", "zh"]) {
  for (const colorScheme of ["light", "dark"]) {
    for (const width of [1280, 390, 320]) {
      test(`lab, ${lang}, ${colorScheme}, ${width} px: nothing sticks out, axe finds nothing, nothing is empty`, () =>
        withLab(
          async (page) => {
            for (const payload of ["first", "last"]) {
              await page.focus("#control-payload");
              await page.keyboard.press(payload === "first" ? "Home" : "End");
              const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
              assert.ok(overflow <= 0, `${overflow} px too wide`);
            }
            assert.deepEqual(await faults(page), []);
            const empty = await page.$$eval("[data-text]", (all) =>
              all.filter((each) => !each.textContent).map((each) => each.dataset.text),
            );
            assert.deepEqual(empty, []);
          },
          { lang, colorScheme, width },
        ));
    }
  }
}

test("on a wide page all five stand in one row, each measure on one line", () =>
  withLab(async (page) => {
    const tops = (selector) =>
      page.$$eval(selector, (all) => [...new Set(all.map((each) => Math.round(each.getBoundingClientRect().top)))]);
    for (const selector of [".panel h3", "[data-measure=bytes] .figure", "[data-measure=reconnects] .figure", ".panel .when"]) {
      assert.equal((await tops(selector)).length, 1, selector);
    }
  }));

test("on a wide page the controls stay in sight", () =>
  withLab(async (page) => {
    await page.evaluate(() => window.scrollTo(0, 2000));
    await page.waitForFunction(() => Math.abs(document.querySelector(".steering").getBoundingClientRect().top) < 1);
  }));

test("the five show the time and what it costs, and every panel has the same lines", () =>
  withLab(async (page) => {
    for (const transport of TRANSPORTS) {
      assert.match(await page.textContent(`.panel[data-transport=${transport}] .time`), TIME);
      assert.equal(await page.textContent(`.panel[data-transport=${transport}] .state`), "Live");
      await says(page, `.panel[data-transport=${transport}] [data-measure=bytes] .figure`, /^[\d,]+\sB$/);
      await says(page, `.panel[data-transport=${transport}] [data-measure=p50] .figure`, /^[\d.,]+\sm?s$/);
      assert.notEqual(await measure(page, transport, "requests"), "0");
    }
    await says(page, ".offset", /^Your clock (is about [\d.]+\sms (ahead of|behind)|agrees with) the server’s \(± [\d.]+\sms, from a round trip of [\d.]+\sms\)/);
    await says(page, "#status", /^Running/);
  }));

test("rate and size change the clock, and pause stops it", () =>
  withLab(async (page) => {
    await page.focus("#control-rate");
    await page.keyboard.press("End");
    await says(page, "[data-control=rate] output", /^50 per second$/);
    await page.focus("#control-payload");
    await page.keyboard.press("ArrowRight");
    await says(page, "[data-control=payload] output", /^256\sB$/);
    await page.waitForFunction(() => Number(document.querySelector("[data-transport=websocket] .number").textContent.slice(1)) > 100);
    await page.click("[data-control=pause]");
    await says(page, "[data-control=pause] b", /^Resume$/);
    await says(page, "#status", /^The clock is paused/);
    await page.click("[data-control=pause]");
    await says(page, "[data-control=pause] b", /^Pause$/);
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate(() => document.activeElement.dataset.control), "cut");
  }));

test("after a cut the page tells that all five are back, and that nothing is lost", () =>
  withLab(async (page) => {
    await page.click("[data-control=cut]");
    await says(page, "#outcome", /^Cut: /);
    await says(page, "#outcome", /^All five are back within [\d.]+ s\. Each has every message: none missed, no duplicates\./);
    assert.equal(await page.locator("#outcome [data-transport] .time").count(), TRANSPORTS.length);
    assert.ok(await nothingLost(page));
    for (const transport of ["long-polling", "iframe", "event-source", "websocket"]) {
      await says(page, `.panel[data-transport=${transport}] [data-measure=reconnects] .figure`, /^1$/);
    }
  }, { isCut: true }));

test("offline counts down, and what was published meanwhile comes late", () =>
  withLab(async (page) => {
    await page.click("[data-control=offline]");
    await says(page, "[data-control=offline] small", /^[1-5] s left$/);
    assert.equal(await page.getAttribute("[data-control=cut]", "aria-disabled"), "true");
    await page.waitForSelector(".panel .light[data-state=lost]");
    await says(page, "#outcome", /Each has every message, including the \d+ sent meanwhile: none missed, no duplicates\./);
    assert.ok(await nothingLost(page));
    assert.equal(await page.getAttribute("[data-control=cut]", "aria-disabled"), "false");
  }, { isCut: true }));

test("a reset counts from zero", () =>
  withLab(async (page) => {
    await says(page, "[data-transport=websocket] [data-measure=messages] .figure", /^([4-9]|\d\d)$/);
    await page.click("[data-control=reset]");
    await says(page, "[data-transport=websocket] [data-measure=messages] .figure", /^[01]$/);
  }));

test("the traveller is switched, and says with what it left and what came first", () =>
  withLab(async (page) => {
    await says(page, "[data-sum=messages] b", /^\d+$/);
    await page.waitForSelector(".strip [data-transport=event-source]");
    for (const transport of ["websocket", "short-polling", "iframe", "long-polling", "event-source"]) {
      await page.click(`.route [data-transport=${transport}]`);
      assert.equal(await page.getAttribute(`.route [data-transport=${transport}]`, "aria-pressed"), "true");
      await says(page, ".switched", /^Left .+ with cursor \S+ \(message \d+\), asked .+ for what follows, and got message \d+ first\.$/);
      const [, left, next] = /\(message (\d+)\).* got message (\d+) first/.exec(await page.textContent(".switched"));
      assert.equal(Number(next), Number(left) + 1);
      await page.waitForSelector(`.strip [data-transport=${transport}]`);
      assert.equal(await page.textContent(`.strip [data-transport=${transport}]`), MARKS[transport].letter);
    }
    assert.equal(await page.textContent("[data-sum=missed] b"), "0");
    assert.equal(await page.textContent("[data-sum=duplicates] b"), "0");
    assert.equal(await page.locator(".strip [data-missed]").count(), 0);
  }));

test("switched all the time, the traveller comes by all five", () =>
  withLab(async (page) => {
    await page.click(".always");
    for (const transport of TRANSPORTS) {
      await page.waitForSelector(`.strip [data-transport=${transport}]`);
    }
    assert.equal(await page.textContent("[data-sum=missed] b"), "0");
    await page.click(".always");
    assert.equal(await page.getAttribute(".always", "aria-pressed"), "false");
  }));

test("a second lab says that another one streams, and takes over on a click", async () => {
  const { page, context, complaints } = await openLab();
  const second = await context.newPage();
  await second.goto(`${BASE_URL}/lab/?lang=en`);
  await says(second, "#status", /^The lab is running in another tab/);
  assert.deepEqual(await faults(second), []);
  await second.click("#status .primary");
  await says(second, "#status", /^Running/);
  await says(page, "#status", /^The lab is running in another tab/);
  assert.deepEqual(complaints, []);
  await context.close();
});

test("the lab can be used with the keyboard alone", () =>
  withLab(async (page) => {
    const focused = () => page.evaluate(() => document.activeElement.dataset.control ?? document.activeElement.id);
    const outlined = () => page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle);
    while ((await focused()) !== "control-rate") {
      await page.keyboard.press("Tab");
    }
    assert.notEqual(await outlined(), "none");
    await page.keyboard.press("ArrowRight");
    await says(page, "[data-control=rate] output", /^2 per second$/);
    assert.equal(await page.getAttribute("#control-rate", "aria-valuetext"), "2 per second");
    while ((await focused()) !== "cut") {
      await page.keyboard.press("Tab");
      assert.notEqual(await outlined(), "none");
    }
    await page.keyboard.press("Enter");
    await says(page, "#outcome", /^All five are back/);
    assert.equal(await focused(), "cut");
    await page.focus(".route [data-transport=websocket]");
    await page.keyboard.press("Space");
    await says(page, ".switched", /asked WebSocket/);
  }, { isCut: true }));

test("what changes with each message is not read aloud", () =>
  withLab(async (page) => {
    const live = await page.$$eval("main :is([role=status], [role=alert], [role=log], [aria-live])", (all) =>
      all.map((each) => each.className || each.parentElement.className),
    );
    assert.ok(live.length > 0);
    await page.evaluate(() => {
      window.spoken = [];
      const watch = new MutationObserver((changes) => window.spoken.push(...changes.map(({ target }) => target.textContent)));
      document.querySelectorAll("[role=status]").forEach((each) => watch.observe(each, { childList: true, characterData: true, subtree: true }));
    });
    const number = () => page.$eval("[data-transport=websocket] .number", (element) => Number(element.textContent.slice(1)));
    const begin = await number();
    await page.waitForFunction(
      (from) => Number(document.querySelector("[data-transport=websocket] .number").textContent.slice(1)) >= from + 3,
      begin,
    );
    assert.deepEqual(await page.evaluate(() => window.spoken), []);
  }));

test("the lab speaks the browser's language at first, then the one that was chosen", async () => {
  const { page, context } = await openPage(browser, `${BASE_URL}/lab/`, { locale: "zh-CN" });
  await says(page, "h1", /^传输实验室$/);
  await page.click("[data-language=en]");
  assert.equal(await page.title(), "Posthorn: the transport lab");
  for (const part of [".hero", "#controls", "#panels", "#traveller", "#which"]) {
    assert.doesNotMatch(await page.innerText(part), /\p{Script=Han}/u, part);
  }
  await page.goto(`${BASE_URL}/lab/`);
  await says(page, "h1", /^The transport lab$/);
  await page.goto(`${BASE_URL}/lab/?lang=zh`);
  await says(page, "#status", /^运行中/);
  assert.equal(await page.title(), "Posthorn：传输实验室");
  await context.close();
});

test("the lab has an address without the slash, too", async () => {
  const { page, context } = await openPage(browser, `${BASE_URL}/lab?lang=en`);
  assert.equal(new URL(page.url()).pathname, "/lab/");
  await says(page, "h1", /^The transport lab$/);
  await context.close();
});

test("a reader is back with the first message that was published once it was let in", () => {
  const readers = new Map(TRANSPORTS.map((name) => [name, { number: 7, missed: 0, duplicates: 1 }]));
  const recovery = new Recovery({ readers }, true, 1000);
  recovery.take({ reader: "websocket", number: 8, arrivedAt: 1100 }, 1050);
  recovery.letIn(6000);
  for (const reader of TRANSPORTS) {
    recovery.take({ reader, number: 12, arrivedAt: 6400 }, 5900);
    assert.equal(recovery.isDone, false);
  }
  recovery.take({ reader: "traveller", number: 13, arrivedAt: 6450 }, 6100);
  TRANSPORTS.forEach((reader, index) => recovery.take({ reader, number: 13, arrivedAt: 6500 + index }, 6100));
  TRANSPORTS.forEach((reader) => recovery.take({ reader, number: 14, arrivedAt: 7500 }, 7100));
  readers.get("iframe").missed = 2;
  readers.get("iframe").duplicates = 4;
  assert.equal(recovery.isDone, true);
  assert.deepEqual([...recovery.back.values()], [500, 501, 502, 503, 504]);
  assert.deepEqual([recovery.late, recovery.missed, recovery.duplicates], [5, 2, 3]);
});

function places(sentence) {
  return (sentence.match(/\{\w+\}/g) ?? []).sort();
}

test("the lab has the same texts in both languages, with the same places to fill", () => {
  assert.deepEqual(Object.keys(en).sort(), Object.keys(zh).sort());
  for (const key of Object.keys(en)) {
    assert.deepEqual(places(zh[key]), places(en[key]), key);
    assert.notEqual(zh[key].trim(), "", key);
  }
});

test("the parts of the lab have no text of the same name", () => {
  const keys = [en, plotsEn, tableEn, wireEn].flatMap((texts) => Object.keys(texts)).filter((key) => !(key in shared));
  assert.deepEqual(keys.filter((key, index) => keys.indexOf(key) !== index), []);
});

test("lab/index.html asks only for texts that there are, and holds no script, style or handler", () => {
  const html = readFileSync(new URL("index.html", LAB), "utf8");
  const asked = [...html.matchAll(/data-(?:text|label|placeholder)="([^"]+)"/g)].map(([, key]) => key);
  assert.deepEqual(asked.filter((key) => !(key in { ...shared, ...en, ...wireEn })), []);
  assert.doesNotMatch(html, /<script(?![^>]* src=)|<style|\sstyle=|\son\w+=/);
});

test("every file of the lab has at most 400 lines", () => {
  for (const name of readdirSync(LAB, { recursive: true }).filter((each) => /\.\w+$/.test(each))) {
    const lines = readFileSync(new URL(name, LAB), "utf8").split("\n").length - 1;
    assert.ok(lines <= 400, `${name} has ${lines} lines`);
  }
});
