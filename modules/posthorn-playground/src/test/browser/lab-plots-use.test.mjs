import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import axe from "axe-core";
import { after, before, test } from "node:test";
import { BASE_URL, launch } from "./browser.mjs";
import { drawn, minute, pixels, readPictures, TRANSPORTS, withPlots } from "./lab-picture.mjs";
import { open } from "./page.mjs";

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser.close());

test("a button of the legend hides and shows a line in both pictures, by keyboard, too", () =>
  withPlots(browser, {}, async (page) => {
    await minute(page);
    const button = page.locator(".plot-legend [data-transport=iframe]");
    await button.focus();
    await page.keyboard.press("Space");
    assert.equal(await button.getAttribute("aria-pressed"), "false");
    for (const plot of ["latency", "bytes"]) {
      assert.equal(await pixels(page, plot, "iframe"), 0);
      assert.ok((await pixels(page, plot, "websocket")) > 100);
      assert.equal(await page.locator(`[data-plot=${plot}] .plot-readout li:visible`).count(), 4);
    }
    await button.click();
    assert.equal(await button.getAttribute("aria-pressed"), "true");
    assert.ok((await pixels(page, "latency", "iframe")) > 100);
  }));

test("pointing at a name of the legend brings its line out", () =>
  withPlots(browser, {}, async (page) => {
    await minute(page);
    await page.hover(".plot-legend [data-transport=long-polling]");
    assert.ok((await pixels(page, "latency", "long-polling", { end: 0.7 })) > 100);
    assert.equal(await pixels(page, "latency", "websocket", { end: 0.7 }), 0);
    await page.mouse.move(0, 0);
    assert.ok((await pixels(page, "latency", "websocket", { end: 0.7 })) > 100);
  }));

test("pointing at a picture shows the values of that moment in both", () =>
  withPlots(browser, {}, async (page) => {
    await minute(page);
    const when = (plot) => page.textContent(`[data-plot=${plot}] .plot-when`);
    const value = (plot, index) => page.textContent(`[data-plot=${plot}] .plot-readout li:nth-child(${index}) b`);
    await page.waitForFunction(() => document.querySelector("[data-plot=bytes] .plot-readout b").textContent === "880\u00a0B");
    const box = await page.locator("[data-plot=latency] .plot-stage").boundingBox();
    await page.mouse.move(box.x + box.width * 0.5, box.y + 100);
    assert.match(await when("latency"), /^\d+ s ago$/);
    assert.equal(await when("bytes"), await when("latency"));
    assert.deepEqual([await value("latency", 1), await value("latency", 5)], ["500\u00a0ms", "0.30\u00a0ms"]);
    assert.deepEqual([await value("bytes", 2), await value("bytes", 3)], ["790\u00a0B", "230\u00a0B"]);
    await page.mouse.move(0, 0);
    await page.waitForFunction(() => document.querySelector("[data-plot=latency] .plot-when").textContent === "Latest");
  }));

test("keys lead through the last minute, and what is pointed at is told in words", () =>
  withPlots(browser, {}, async (page) => {
    await minute(page);
    await page.focus("[data-plot=latency] .plot-stage");
    const told = () => page.getAttribute("[data-plot=latency] .plot-stage", "aria-valuetext");
    const now = () => page.getAttribute("[data-plot=latency] .plot-stage", "aria-valuenow");
    for (const key of ["PageDown", "ArrowLeft", "ArrowLeft", "ArrowRight"]) {
      await page.keyboard.press(key);
    }
    assert.equal(await now(), "-11");
    assert.equal(
      (await told()).replaceAll("\u00a0", " "),
      "11 s ago; Short polling: 500 ms; Long polling: 2.00 ms; iframe streaming: 0.60 ms; EventSource: 0.90 ms; WebSocket: 0.30 ms",
    );
    await page.keyboard.press("Home");
    assert.equal(await now(), "-60");
    await page.keyboard.press("Escape");
    assert.match(await told(), /^Latest; Short polling: 500\u00a0ms; /);
  }));

test("the last values stand in a text, which is written rarely and announced never", () =>
  withPlots(browser, {}, async (page) => {
    await minute(page);
    const list = () => page.locator("[data-plot=latency] ul.hidden li").allTextContents();
    await page.evaluate(() => (window.clock.now += 15_000));
    await drawn(page);
    assert.equal((await list())[1], "Long polling: 2.00\u00a0ms");
    await page.evaluate(() => window.lab.tell("message", { reader: "long-polling", arrivedAt: window.clock.now, latency: 7 }));
    await drawn(page);
    assert.equal((await list())[1], "Long polling: 2.00\u00a0ms");
    await page.evaluate(() => (window.clock.now += 15_000));
    await drawn(page);
    assert.equal((await list())[1], "Long polling: 7.00\u00a0ms");
    assert.equal(await page.locator("[aria-live], [role=status], [role=alert]").count(), 0);
  }));

test("it draws at most ten times a second, and not at all out of sight", () =>
  withPlots(browser, {}, async (page) => {
    await page.evaluate(() => {
      const { clearRect } = CanvasRenderingContext2D.prototype;
      window.draws = [];
      CanvasRenderingContext2D.prototype.clearRect = function (...box) {
        clearRect.apply(this, box);
        if (this.canvas === document.querySelector("canvas")) {
          window.draws.push(performance.now());
        }
      };
    });
    await page.waitForFunction(() => window.draws.length > 12);
    const [count, time] = await page.evaluate(() => [window.draws.length, window.draws.at(-1) - window.draws[0]]);
    assert.ok(count <= time / 90 + 2, `${count} times in ${time} ms`);
    await page.evaluate(async () => {
      const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
      window.view.element.style.setProperty("margin-top", "5000px");
      await frame();
      await frame();
      window.draws.length = 0;
      for (let left = 30; left > 0; left--) {
        window.view.render();
        await frame();
      }
    });
    assert.ok((await page.evaluate(() => window.draws.length)) <= 1);
  }));

for (const [lang, colorScheme] of [["en", "light"], ["zh", "dark"]]) {
  for (const width of [1280, 390, 320]) {
    test(`${lang}, ${colorScheme}, ${width} px: nothing sticks out, and axe finds nothing in the pictures`, () =>
      withPlots(browser, { lang, colorScheme, width }, async (page) => {
        await minute(page);
        await drawn(page);
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        assert.ok(overflow <= 0, `${overflow} px too wide`);
        await page.evaluate(axe.source);
        const { violations } = await page.evaluate(() => window.axe.run());
        assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html)}`), []);
      }));
  }
}

test("on the page of the lab each picture has a value for each transport, and the file a row for each reader", async () => {
  const { page, complaints, context } = await open(browser, `${BASE_URL}/lab/?lang=en`);
  await page.locator("#plots").scrollIntoViewIfNeeded();
  await page.waitForFunction(() => {
    const values = [...document.querySelectorAll("#plots .plot-readout b")].map((each) => each.textContent);
    return values.length === 10 && values.every((value) => /^(under )?[\d,.]+\u00a0(ms|s|B)$/.test(value));
  });
  await page.evaluate(readPictures);
  for (const transport of TRANSPORTS) {
    assert.ok((await pixels(page, "latency", transport)) > 0, transport);
  }
  await page.waitForFunction(() => [...document.querySelectorAll("#table td:nth-of-type(6)")].every(({ textContent }) => /^[\d,]+\u00a0B$/.test(textContent)));
  const [file] = await Promise.all([page.waitForEvent("download"), page.click("[data-export=download]")]);
  const [header, ...lines] = readFileSync(await file.path(), "utf8").trimEnd().split("\r\n");
  const rows = lines.map((line) => line.split(","));
  assert.deepEqual(rows.map(([reader]) => reader), [...TRANSPORTS, "traveller"]);
  const place = header.split(",").indexOf("bytes_per_message");
  rows.forEach((row) => assert.ok(Number(row[place]) > 60, row.join(",")));
  assert.deepEqual(complaints, []);
  await context.close();
});
