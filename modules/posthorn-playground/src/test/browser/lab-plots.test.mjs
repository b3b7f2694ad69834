import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import axe from "axe-core";
import { after, before, test } from "node:test";
import { BASE_URL, launch } from "./browser.mjs";
import { openView } from "./lab-fake.mjs";
import { open } from "./page.mjs";

const PLOTS = { file: "/lab/plots/plots.js", name: "Plots", texts: "/lab/plots" };
const TRANSPORTS = ["short-polling", "long-polling", "iframe", "event-source", "websocket"];
const NOWHERE = ["far", "beyond"];

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser.close());

async function withPlots(settings, body) {
  const { page, complaints, context } = await openView(browser, PLOTS, settings);
  await page.evaluate(readPictures);
  await body(page);
  assert.deepEqual(complaints, []);
  await context.close();
}

/** Lets every transport have a message a second for a minute, the last one at `clock.now`; latencies in ms, by transport. */
function minute(page, latencies = [500, 2, 0.6, 0.9, 0.3], bytes = [880, 790, 230, 150, 90]) {
  return page.evaluate(
    ({ names, latencies, bytes }) => {
      const { lab, clock } = window;
      const end = clock.now;
      for (let time = end - 62_000; time <= end; time += 1000) {
        clock.now = time;
        names.forEach((reader, index) => {
          lab.tell("message", { reader, transport: reader, arrivedAt: time, latency: latencies[index], afterBreak: false });
          lab.tell("counts", { reader, bytes: bytes[index], messages: 1 });
        });
      }
    },
    { names: TRANSPORTS, latencies, bytes },
  );
}

// Runs in the page: gives the pixels of a picture, or of a part of it, and the bytes of a colour.
function readPictures() {
  window.picture = (plot, { x = 0, y = 0, width, height } = {}) => {
    const canvas = document.querySelector(`[data-plot=${plot}] canvas`);
    const copy = Object.assign(document.createElement("canvas"), { width: width ?? canvas.width - x, height: height ?? canvas.height - y });
    const context = copy.getContext("2d", { willReadFrequently: true });
    context.drawImage(canvas, -x, -y);
    return context.getImageData(0, 0, copy.width, copy.height);
  };
  window.colour = (css) => {
    const value = getComputedStyle(document.body).getPropertyValue(css).trim();
    return [1, 3, 5].map((at) => parseInt(value.slice(at, at + 2), 16));
  };
}

/**
 * How many pixels of a figure have exactly a transport's colour, in the part of its width from `begin` to `end`; waits
 * for the picture to be drawn anew before it looks.
 */
async function pixels(page, plot, transport, { begin = 0, end = 1 } = {}) {
  await drawn(page);
  return page.evaluate(
    ({ plot, transport, begin, end }) => {
      const canvas = document.querySelector(`[data-plot=${plot}] canvas`);
      const [red, green, blue] = window.colour(`--${transport}`);
      const x = Math.round(canvas.width * begin);
      const { data } = window.picture(plot, { x, width: Math.round(canvas.width * end) - x });
      let count = 0;
      for (let at = 0; at < data.length; at += 4) {
        count += Number(data[at] === red && data[at + 1] === green && data[at + 2] === blue && data[at + 3] === 255);
      }
      return count;
    },
    { plot, transport, begin, end },
  );
}

// Both pictures are emptied, one after the other, before they are drawn.
async function drawn(page) {
  await page.evaluate(
    () =>
      new Promise((resolve) => {
        const { clearRect } = CanvasRenderingContext2D.prototype;
        let left = 4;
        CanvasRenderingContext2D.prototype.clearRect = function (...box) {
          clearRect.apply(this, box);
          if (--left === 0) {
            CanvasRenderingContext2D.prototype.clearRect = clearRect;
            requestAnimationFrame(resolve);
          }
        };
        window.view?.render();
      }),
  );
}

for (const colorScheme of ["light", "dark"]) {
  test(`${colorScheme}: both pictures have a line for each of the five transports`, () =>
    withPlots({ colorScheme }, async (page) => {
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
  withPlots({ colorScheme: "light" }, async (page) => {
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

test("a button of the legend hides and shows a line in both pictures, by keyboard, too", () =>
  withPlots({}, async (page) => {
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

test("where messages are missing the line has a gap, and where they are rare it has none", () =>
  withPlots({}, async (page) => {
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
    await page.evaluate(() => (window.clock.now += 60_000));
    for (const plot of ["latency", "bytes"]) {
      assert.ok((await pixels(page, plot, "websocket", { begin: 0.23, end: 0.25 })) > 5, `${plot} before`);
      assert.equal(await pixels(page, plot, "websocket", { begin: 0.35, end: 0.55 }), 0, `${plot} in the gap`);
      assert.ok((await pixels(page, plot, "websocket", { begin: 0.61, end: 0.64 })) > 5, `${plot} after`);
    }
  }));

test("a silence that the rate does not explain is a gap, even if nobody says so", () =>
  withPlots({}, async (page) => {
    await page.evaluate(() => {
      const { lab, clock } = window;
      for (const ago of [50_000, 49_000, 48_000, 20_000, 19_000, 18_000]) {
        lab.tell("message", { reader: "iframe", arrivedAt: clock.now - ago, latency: 10 });
      }
    });
    assert.equal(await pixels(page, "latency", "iframe", { begin: 0.35, end: 0.5 }), 0);
    assert.ok((await pixels(page, "latency", "iframe", { begin: 0.55, end: 0.7 })) > 10);
  }));

test("bytes that are told before a message comes are counted to it", () =>
  withPlots({}, async (page) => {
    await page.evaluate(() => {
      const { lab } = window;
      lab.tell("counts", { reader: "short-polling", bytes: 300, messages: 0 });
      lab.tell("counts", { reader: "short-polling", bytes: 300, messages: 0 });
      lab.tell("counts", { reader: "short-polling", bytes: 400, messages: 2 });
    });
    await page.waitForFunction(() => document.querySelector("[data-plot=bytes] .plot-readout b").textContent === "500 bytes");
  }));

test("lines that end at the same height have labels that do not overlap", () =>
  withPlots({ deviceScaleFactor: 2 }, async (page) => {
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
  const labels = 74; // the width of the longest, in CSS pixels
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

test("pointing at a picture shows the values of that moment in both", () =>
  withPlots({}, async (page) => {
    await minute(page);
    const when = (plot) => page.textContent(`[data-plot=${plot}] .plot-when`);
    const value = (plot, index) => page.textContent(`[data-plot=${plot}] .plot-readout li:nth-child(${index}) b`);
    await page.waitForFunction(() => document.querySelector("[data-plot=bytes] .plot-readout b").textContent === "880 bytes");
    const box = await page.locator("[data-plot=latency] .plot-stage").boundingBox();
    await page.mouse.move(box.x + box.width * 0.5, box.y + 100);
    assert.match(await when("latency"), /^\d+ s ago$/);
    assert.equal(await when("bytes"), await when("latency"));
    assert.deepEqual([await value("latency", 1), await value("latency", 5)], ["500 ms", "0.30 ms"]);
    assert.deepEqual([await value("bytes", 2), await value("bytes", 3)], ["790 bytes", "230 bytes"]);
    await page.mouse.move(0, 0);
    await page.waitForFunction(() => document.querySelector("[data-plot=latency] .plot-when").textContent === "Latest");
  }));

test("keys lead through the last minute, and what is pointed at is told in words", () =>
  withPlots({}, async (page) => {
    await minute(page);
    await page.focus("[data-plot=latency] .plot-stage");
    const told = () => page.getAttribute("[data-plot=latency] .plot-stage", "aria-valuetext");
    const now = () => page.getAttribute("[data-plot=latency] .plot-stage", "aria-valuenow");
    for (const key of ["PageDown", "ArrowLeft", "ArrowLeft", "ArrowRight"]) {
      await page.keyboard.press(key);
    }
    assert.equal(await now(), "-11");
    assert.equal(
      await told(),
      "11 s ago; Short polling: 500 ms; Long polling: 2.00 ms; iframe: 0.60 ms; EventSource: 0.90 ms; WebSocket: 0.30 ms",
    );
    await page.keyboard.press("Home");
    assert.equal(await now(), "-60");
    await page.keyboard.press("Escape");
    assert.match(await told(), /^Latest; Short polling: 500 ms; /);
  }));

test("the last values stand in a text, which is written rarely and announced never", () =>
  withPlots({}, async (page) => {
    await minute(page);
    const list = () => page.locator("[data-plot=latency] ul.hidden li").allTextContents();
    await page.evaluate(() => (window.clock.now += 15_000));
    await drawn(page);
    assert.equal((await list())[1], "Long polling: 2.00 ms");
    await page.evaluate(() => window.lab.tell("message", { reader: "long-polling", arrivedAt: window.clock.now, latency: 7 }));
    await drawn(page);
    assert.equal((await list())[1], "Long polling: 2.00 ms");
    await page.evaluate(() => (window.clock.now += 15_000));
    await drawn(page);
    assert.equal((await list())[1], "Long polling: 7.00 ms");
    assert.equal(await page.locator("[aria-live], [role=status], [role=alert]").count(), 0);
  }));

test("cut and offline are marked by a line", () =>
  withPlots({}, async (page) => {
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
  withPlots({}, async (page) => {
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
  withPlots({}, async (page) => {
    await minute(page);
    assert.ok((await pixels(page, "bytes", "websocket")) > 100);
    await page.evaluate(() => window.lab.tell("reset"));
    for (const transport of TRANSPORTS) {
      assert.equal(await pixels(page, "bytes", transport), 0);
    }
  }));

test("the traveller is none of the five, and nothing that is unknown is drawn", () =>
  withPlots({}, async (page) => {
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
  withPlots({ deviceScaleFactor: 2 }, async (page) => {
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

test("it draws at most ten times a second, and not at all out of sight", () =>
  withPlots({}, async (page) => {
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
      withPlots({ lang, colorScheme, width }, async (page) => {
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
    return values.length === 10 && values.every((value) => /^(under )?[\d,.]+ (ms|s|bytes)$/.test(value));
  });
  await page.evaluate(readPictures);
  for (const transport of TRANSPORTS) {
    assert.ok((await pixels(page, "latency", transport)) > 0, transport);
  }
  await page.waitForFunction(() => [...document.querySelectorAll("#table td:nth-of-type(6)")].every(({ textContent }) => /^[\d,]+$/.test(textContent)));
  const [file] = await Promise.all([page.waitForEvent("download"), page.click("[data-export=download]")]);
  const [header, ...lines] = readFileSync(await file.path(), "utf8").trimEnd().split("\r\n");
  const rows = lines.map((line) => line.split(","));
  assert.deepEqual(rows.map(([reader]) => reader), [...TRANSPORTS, "traveller"]);
  const place = header.split(",").indexOf("bytes_per_message");
  rows.forEach((row) => assert.ok(Number(row[place]) > 60, row.join(",")));
  assert.deepEqual(complaints, []);
  await context.close();
});
