import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch } from "./browser.mjs";
import { drawn, minute, pixels, TRANSPORTS, withPlots } from "./lab-picture.mjs";

const NOWHERE = ["far", "beyond"];

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser.close());

for (const colorScheme of ["light", "dark"]) {
  test(`${colorScheme}: both pictures have a line for each of the five transports`, () =>
    withPlots(browser, { colorScheme }, async (page) => {
      assert.equal(await pixels(page, "latency", "websocket"), 0);
      await minute(page);
      for (const plot of ["latency", "bytes"]) {
        for (const transport of TRANSPORTS) {
          for (const begin of [0.2, 0.4, 0.6]) {
            const count = await pixels(page, plot, transport, { begin, end: begin + 0.15 });
            assert.ok(count > 20, `${plot}, ${transport}: ${count} pixels from ${begin} on`);
          }
        }
      }
    }));
}

test("the pictures follow the theme while they are shown", () =>
  withPlots(browser, { colorScheme: "light" }, async (page) => {
    await minute(page);
    const ink = () => page.evaluate(() => getComputedStyle(document.body).getPropertyValue("--websocket"));
    const light = await ink();
    assert.ok((await pixels(page, "latency", "websocket")) > 100);
    await page.evaluate(() => {
      window.posthornTheme.next();
      window.posthornTheme.next();
    });
    assert.notEqual(await ink(), light);
    assert.ok((await pixels(page, "latency", "websocket")) > 100);
  }));

test("where messages are missing the line has a gap, and where they are rare it has none", () =>
  withPlots(browser, {}, async (page) => {
    const tell = (ago, afterBreak) =>
      page.evaluate(
        ([ago, afterBreak]) => {
          const { lab, clock } = window;
          clock.now += 60_000 - ago;
          lab.tell("message", { reader: "websocket", arrivedAt: clock.now, latency: 10, afterBreak });
          lab.tell("counts", { reader: "websocket", bytes: 100, messages: 1 });
          clock.now -= 60_000 - ago;
        },
        [ago, afterBreak],
      );
    await page.evaluate(() => (window.lab.settings.rate = 0.2));
    await tell(50_000, false);
    await tell(45_000, false);
    await tell(20_000, true);
    await tell(15_000, false);
    await page.evaluate(() => {
      window.clock.now += 60_000;
      window.lab.tell("counts", { reader: "traveller", bytes: 0, messages: 0 });
    });
    for (const plot of ["latency", "bytes"]) {
      assert.ok((await pixels(page, plot, "websocket", { begin: 0.23, end: 0.25 })) > 5, `${plot} before`);
      assert.equal(await pixels(page, plot, "websocket", { begin: 0.35, end: 0.54 }), 0, `${plot} in the gap`);
      assert.ok((await pixels(page, plot, "websocket", { begin: 0.58, end: 0.64 })) > 5, `${plot} after`);
    }
  }));

test("a silence that the rate does not explain is a gap, even if nobody says so", () =>
  withPlots(browser, {}, async (page) => {
    await page.evaluate(() => {
      const { lab, clock } = window;
      for (const ago of [50_000, 49_000, 48_000, 20_000, 19_000, 18_000]) {
        lab.tell("message", { reader: "iframe", arrivedAt: clock.now - ago, latency: 10 });
      }
    });
    assert.equal(await pixels(page, "latency", "iframe", { begin: 0.35, end: 0.5 }), 0);
    assert.ok((await pixels(page, "latency", "iframe", { begin: 0.55, end: 0.7 })) > 10);
  }));

test("a pause is a gap, however short it is", () =>
  withPlots(browser, {}, async (page) => {
    const tell = (pauses) =>
      page.evaluate((pauses) => {
        const { lab, clock } = window;
        lab.tell("reset");
        const pause = (paused) => {
          lab.settings = { ...lab.settings, paused };
          lab.tell("change");
        };
        const message = (ago) => lab.tell("message", { reader: "iframe", arrivedAt: clock.now - ago, latency: 10 });
        [23_000, 22_000, 21_000, 20_000].forEach(message);
        if (pauses) {
          pause(true);
          pause(false);
        }
        [16_500, 15_500, 14_500].forEach(message);
      }, pauses);
    const between = () => pixels(page, "latency", "iframe", { begin: 0.575, end: 0.59 });
    await tell(false);
    assert.ok((await between()) > 0);
    await tell(true);
    assert.equal(await between(), 0);
  }));

test("lines that end at the same height have labels that do not overlap", () =>
  withPlots(browser, { deviceScaleFactor: 2 }, async (page) => {
    await minute(page, [0.5, 0.5, 0.5, 0.5, 0.5], [90, 90, 90, 90, 90]);
    await drawn(page);
    for (const plot of ["latency", "bytes"]) {
      const spans = await page.evaluate(labelRows, { plot, names: TRANSPORTS });
      const order = spans.sort((one, other) => one.top - other.top);
      assert.equal(order.length, 5);
      order.forEach(({ name, top, count }, index) => {
        assert.ok(count > 20, `${plot}: the label of ${name} has ${count} pixels`);
        assert.ok(index === 0 || top > order[index - 1].bottom, `${plot}: ${name} covers ${order[index - 1]?.name}`);
      });
    }
  }));

// Runs in the page: the rows of a figure in which each label has pixels of its colour.
function labelRows({ plot, names }) {
  const labels = 94; // the width of the longest, in CSS pixels
  const { data, width } = window.picture(plot, { x: document.querySelector("canvas").width - labels * devicePixelRatio });
  return names.map((name) => {
    const wanted = window.colour(`--${name}`);
    const rows = [];
    for (let at = 0; at < data.length; at += 4) {
      if (wanted.every((part, index) => Math.abs(data[at + index] - part) < 3) && data[at + 3] > 250) {
        rows.push(Math.floor(at / 4 / width));
      }
    }
    return { name, count: rows.length, top: Math.min(...rows), bottom: Math.max(...rows) };
  });
}

test("cut and offline are marked by a line", () =>
  withPlots(browser, {}, async (page) => {
    const strokes = () =>
      page.evaluate(() => {
        const wanted = window.colour("--strong-line");
        const { data, width } = window.picture("latency", { y: 150, height: 1 });
        const found = [];
        for (let x = 0; x < width; x++) {
          if (wanted.every((part, index) => data[4 * x + index] === part)) {
            found.push(x / width);
          }
        }
        return found;
      });
    await drawn(page);
    assert.equal((await strokes()).length, 0);
    await page.evaluate(() => {
      const { lab, clock, view } = window;
      view.mark("cut");
      clock.now += 20_000;
      lab.offline = 5000;
      lab.tell("change");
      lab.tell("change");
      clock.now += 5000;
      lab.offline = 0;
      lab.tell("change");
      clock.now += 15_000;
    });
    await drawn(page);
    const [cut, offline, ...others] = await strokes();
    assert.deepEqual(others, []);
    assert.ok(cut > 0.3 && cut < 0.4 && offline > 0.55 && offline < 0.65, `${cut}, ${offline}`);
  }));

test("a new rate is marked once, however often the slider tells it", () =>
  withPlots(browser, {}, async (page) => {
    const words = await page.evaluate(async () => {
      const { Happenings } = await import("/lab/plots/happenings.js");
      const happenings = new Happenings();
      [2, 3, 4].forEach((value, index) => happenings.add("rate", 1000 + 300 * index, value));
      happenings.add("rate", 9000, 5);
      for (let time = 10_000; time < 1_000_000; time += 5000) {
        happenings.add("cut", time);
      }
      const all = happenings.told(window.language);
      return [all.length, new Happenings().told(window.language).length, all.at(-1).text];
    });
    assert.deepEqual(words, [40, 0, "cut"]);
  }));

test("a reset empties the pictures", () =>
  withPlots(browser, {}, async (page) => {
    await minute(page);
    assert.ok((await pixels(page, "bytes", "websocket")) > 100);
    await page.evaluate(() => window.lab.tell("reset"));
    for (const transport of TRANSPORTS) {
      assert.equal(await pixels(page, "bytes", transport), 0);
    }
  }));

test("the traveller is none of the five, and nothing that is unknown is drawn", () =>
  withPlots(browser, {}, async (page) => {
    await page.evaluate(
      (readers) =>
        readers.forEach((reader) => {
          window.lab.tell("message", { reader, arrivedAt: window.clock.now, latency: 5 });
          window.lab.tell("counts", { reader, bytes: 100, messages: 1 });
        }),
      ["traveller", ...NOWHERE],
    );
    for (const transport of TRANSPORTS) {
      assert.equal(await pixels(page, "latency", transport), 0);
    }
  }));

test("the canvas has a pixel for each of the screen's, also after the window changes", () =>
  withPlots(browser, { deviceScaleFactor: 2 }, async (page) => {
    const sizes = () =>
      page.evaluate(() => {
        const canvas = document.querySelector("canvas");
        return [canvas.width, canvas.height, Math.round(canvas.clientWidth * 2), Math.round(canvas.clientHeight * 2)];
      });
    for (const width of [1280, 700, 390]) {
      await page.setViewportSize({ width, height: 900 });
      await drawn(page);
      const [wide, high, wantedWide, wantedHigh] = await sizes();
      assert.ok(Math.abs(wide - wantedWide) <= 1 && Math.abs(high - wantedHigh) <= 1, `${wide} x ${high} at ${width}`);
    }
  }));
