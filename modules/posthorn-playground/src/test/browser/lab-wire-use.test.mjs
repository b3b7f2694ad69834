import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch } from "./browser.mjs";
import { choose, event, faults, pick, stream, tell, text, withInspector } from "./lab-inspector.mjs";

const READERS = ["short-polling", "long-polling", "iframe", "event-source", "websocket"];

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser.close());

test("frozen, nothing moves, and the server is asked for nothing", async () => {
  await withInspector(browser, { told: [stream([event("1 first", 1)])] }, async (page) => {
    await choose(page, "event-source");
    await page.click(".wire .freeze");
    assert.match(await text(page, ".freezer"), /Frozen/);
    await tell(page, [stream([event("2 second", 2)])]);
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    assert.match(await text(page, ".lines"), /1 first/);
    await pick(page, "first");
    await page.click(".wire .follow");
    assert.match(await text(page, ".lines"), /1 first/);
    assert.equal(await page.locator(".wire .option").count(), 2);
    await page.click(".wire .freeze");
    assert.deepEqual(await page.evaluate(() => window.lab.inspected), ["long-polling", "event-source", "none", "event-source"]);
    await tell(page, [stream([event("1 first", 1), event("2 second", 2)])]);
    await page.waitForFunction(() => document.querySelector(".wire .lines").textContent.includes("2 second"));
    assert.equal(await page.locator(".wire .option").count(), 3);
  });
});

test("out of sight for long, the server is asked for nothing, and again where it comes into sight", async () => {
  await withInspector(browser, {}, async (page) => {
    const asked = (wanted) => page.waitForFunction((name) => window.lab.inspected.at(-1) === name, wanted);
    await asked("long-polling");
    await page.evaluate(() => (document.querySelector("h1").style.marginTop = "3000px"));
    await page.evaluate(() => scrollTo(0, 0));
    await asked("none");
    await page.locator(".wire").scrollIntoViewIfNeeded();
    await asked("long-polling");
  });
});

test("before there is anything, each tab says what will be there", async () => {
  await withInspector(browser, { told: [] }, async (page) => {
    for (const name of [...READERS, "traveller"]) {
      await choose(page, name);
      assert.ok((await text(page, ".before")).length > 40, name);
      assert.ok(await page.isHidden(".wire .both"));
    }
  });
});

test("the inspector can be used with the keyboard alone", async () => {
  await withInspector(browser, {}, async (page) => {
    const chosen = () => page.getAttribute(".wire [aria-selected=true]", "id");
    await page.focus("#wire-tab-long-polling");
    await page.keyboard.press("ArrowRight");
    assert.equal(await chosen(), "wire-tab-iframe");
    await page.keyboard.press("End");
    assert.equal(await chosen(), "wire-tab-traveller");
    await page.keyboard.press("ArrowRight");
    assert.equal(await chosen(), "wire-tab-short-polling");
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("ArrowLeft");
    assert.equal(await chosen(), "wire-tab-websocket");
    assert.equal(await page.getAttribute("[role=tabpanel]", "aria-labelledby"), "wire-tab-websocket");
    await page.focus(".wire [role=listbox]");
    await page.keyboard.press("ArrowDown");
    assert.match(await text(page, ".lines"), /1000 enough/);
    const active = await page.getAttribute(".wire [role=listbox]", "aria-activedescendant");
    assert.equal(await page.getAttribute(`#${active}`, "aria-selected"), "true");
    await page.keyboard.press("End");
    assert.match(await text(page, ".piece"), /A new connection/);
    await page.keyboard.press("Escape");
    assert.match(await text(page, ".piece"), /The end/);
  });
});

for (const lang of ["en", "zh"]) {
  for (const colorScheme of ["light", "dark"]) {
    for (const width of [1280, 390, 320]) {
      test(`${lang}, ${colorScheme}, ${width} px: nothing sticks out, nothing is unreadable`, async () => {
        await withInspector(browser, { lang, colorScheme, width }, async (page) => {
          for (const name of [...READERS, "traveller"]) {
            await choose(page, name);
            for (let row = 0; row < (await page.locator(".wire .option").count()); row++) {
              await page.locator(".wire .option").nth(row).click();
              const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
              assert.ok(overflow <= 0, `${overflow} px too wide: ${name}, row ${row}`);
            }
            // What a width changes, it changes everywhere alike.
            if (width === 1280 || name === "websocket") {
              assert.deepEqual(await faults(page), [], name);
            }
          }
        });
      });
    }
  }
}

test("the language changes in place", async () => {
  await withInspector(browser, {}, async (page) => {
    await choose(page, "event-source");
    await page.evaluate(() => window.language.choose("zh"));
    assert.match(await text(page, ".lesson .chosen"), /一个一直不结束的响应/);
    assert.match(await text(page, ".lines"), /消息本身/);
    assert.doesNotMatch(await text(page, ".heads"), /what comes after/);
  });
});
