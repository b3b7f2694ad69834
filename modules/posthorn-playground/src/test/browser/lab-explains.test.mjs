// What the lab explains, and that it stands still while people read it.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { TRANSPORTS } from "../../main/resources/web/lab/marks.js";
import { BASE_URL, launch } from "./browser.mjs";
import { openLab, says, withLab as run } from "./lab-page.mjs";

const PARTS = [".controls button", ".steps input", ".outcome", ".back-hint", ".panel", ".panel dd", ".panel .when", ".route button", ".strip", ".switched"];

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser.close());

const withLab = (check, settings) => run(browser, check, settings);

/** Where the parts of the page are, each as left, top and width. */
function places(page) {
  return page.evaluate(
    (selectors) =>
      selectors.flatMap((selector) =>
        [...document.querySelectorAll(selector)].map((each, index) => {
          const { left, top, width } = each.getBoundingClientRect();
          const isSized = !each.matches("dd, .switched"); // what is as wide as its words may grow with them
          return `${selector} ${index}: ${[isSized && left, top + window.scrollY, isSized && width].map(Math.round)}`;
        }),
      ),
    PARTS,
  );
}

test("each panel has a drawing of who asks and who holds, of one size and at one height, and says it in words, too", () =>
  withLab(async (page) => {
    const drawings = await page.$$eval(".panel .sequence", (all) =>
      all.map((each) => {
        const { top, bottom, width } = each.getBoundingClientRect();
        return { top, bottom, width, words: each.getAttribute("aria-label"), held: each.querySelectorAll("rect").length };
      }),
    );
    assert.equal(drawings.length, TRANSPORTS.length);
    for (const what of ["top", "bottom", "width"]) {
      assert.equal(new Set(drawings.map((each) => Math.round(each[what]))).size, 1, what);
    }
    assert.ok(drawings[0].bottom <= 900, `the drawings end at ${drawings[0].bottom}`);
    assert.ok(drawings.every(({ words }) => words.length > 50));
    assert.deepEqual(drawings.map(({ held }) => held), [3, 4, 1, 1, 1]);
  }));

test("the words are explained, and the top of the page leads to each part", () =>
  withLab(async (page) => {
    assert.ok((await page.locator(".words dt").count()) >= 10);
    for (const href of await page.$$eval(".contents a", (all) => all.map((each) => each.getAttribute("href")))) {
      assert.equal(await page.locator(href).count(), 1, href);
    }
  }));

for (const width of [1280, 768, 390, 320]) {
  test(`nothing moves when the clock is paused and resumed, offline counts down and sentences come, ${width} px`, () =>
    withLab(
      async (page) => {
        const begin = await places(page);
        const isSame = async () => assert.deepEqual(await places(page), begin);
        await page.click("[data-control=pause]");
        await says(page, "#outcome", /^Not silent/);
        await isSame();
        await page.click("[data-control=pause]");
        await page.click("[data-control=offline]");
        await says(page, "[data-control=offline] small", /left/);
        await isSame();
        await says(page, "#outcome", /^All five are back/);
        await isSame();
      },
      { width, isCut: true },
    ));
}

test("what became of a cut is told in the bar, in sight wherever the page is scrolled to", () =>
  withLab(
    async (page) => {
      await page.locator("#part-wire").evaluate((element) => element.scrollIntoView());
      await page.click("[data-control=cut]");
      await says(page, "#outcome", /^All five are back/);
      const { y, height } = await page.locator("#outcome").boundingBox();
      assert.ok(y >= 0 && y + height < 200, `it stands at ${y}`);
    },
    { isCut: true },
  ));

test("in a second lab, what does nothing there can not be used", async () => {
  const { context } = await openLab(browser);
  const second = await context.newPage();
  await second.goto(`${BASE_URL}/lab/?lang=en`);
  await says(second, "#status", /^The lab is running in another tab/);
  await second.waitForFunction(() =>
    [...document.querySelectorAll(".controls button, .traveller button")].every((each) => each.ariaDisabled === "true"),
  );
  assert.ok(await second.$$eval(".steps input", (all) => all.every(({ disabled }) => disabled)));
  await context.close();
});

test("after a change of the rate it is said that the averages include what came before", () =>
  withLab(async (page) => {
    await page.focus("#control-rate");
    await page.keyboard.press("End");
    await says(page, "#status", /^Running\. The averages still include/);
    await page.click("[data-control=reset]");
    await says(page, "#status", /^Running: all five/);
  }));

test("the focus moves through the bar without moving the page, and stops below it", () =>
  withLab(async (page) => {
    await page.evaluate(() => window.scrollTo(0, 1500));
    await page.waitForFunction(() => window.scrollY === 1500);
    await page.evaluate(() => document.querySelector("#control-rate").focus({ preventScroll: true }));
    for (const next of ["control-payload", "pause", "cut", "offline", "reset"]) {
      await page.keyboard.press("Tab");
      assert.equal(await page.evaluate(() => document.activeElement.dataset.control ?? document.activeElement.id), next);
      assert.equal(await page.evaluate(() => window.scrollY), 1500, next);
    }
    await page.evaluate(() => window.scrollTo(0, 4000));
    for (const selector of [".plot-legend button", ".route button", "#which-title"]) {
      await page.locator(selector).first().evaluate((element) => (element.focus(), element.scrollIntoView({ block: "start" })));
      const [top, bar] = await page.evaluate(
        (where) => [document.querySelector(where).getBoundingClientRect().top, document.querySelector(".steering").getBoundingClientRect().bottom],
        selector,
      );
      assert.ok(top > bar, `${selector} at ${top}, under the bar that ends at ${bar}`);
    }
  }));
