import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import axe from "axe-core";
import { after, before, test } from "node:test";
import { csv } from "../../main/resources/web/lab/table/csv.js";
import { en } from "../../main/resources/web/lab/table/text.en.js";
import { zh } from "../../main/resources/web/lab/table/text.zh.js";
import { launch } from "./browser.mjs";
import { openView } from "./lab-fake.mjs";

const TABLE = { file: "/lab/table/table.js", name: "SummaryTable", texts: "/lab/table" };

// messages, requests, received, sent, bytesPerMessage, p50, p99, missed, duplicates, reconnects
const NUMBERS = {
  "short-polling": [1234, 1300, 987654, 456789, 1170.537, 512.3456, 1990.1, 0, 0, 2],
  "long-polling": [1230, 1231, 876543, 345678, 993.675, 1.234, 8, 0, 1, 1],
  iframe: [1235, 2, 1600, 283820, 231.1093, 0.62, 3.21, 3, 0, 4],
  "event-source": [1236, 3, 1500, 185100, 150.97, 0.9, 4, 0, 0, 3],
  websocket: [0, 1, 900, 111, null, null, null, 0, 0, 0],
};

const NAMES = {
  "short-polling": "Short polling",
  "long-polling": "Long polling",
  iframe: "iframe streaming",
  "event-source": "EventSource",
  websocket: "WebSocket",
};

const HEADER =
  "reader,transport,messages,requests,requests_per_message,bytes_from_browser,bytes_to_browser,bytes_per_message," +
  "latency_median_ms,latency_p99_ms,missed,duplicates,reconnects,rate_per_second,payload_bytes,taken_at";

const ROWS = [
  "short-polling,short-polling,1234,1300,1.053,987654,456789,1170.537,512.346,1990.1,0,0,2,12.5,64,2026-11-22T20:30:15.000Z",
  "long-polling,long-polling,1230,1231,1.001,876543,345678,993.675,1.234,8,0,1,1,12.5,64,2026-11-22T20:30:15.000Z",
  "iframe,iframe,1235,2,0.002,1600,283820,231.109,0.62,3.21,3,0,4,12.5,64,2026-11-22T20:30:15.000Z",
  "event-source,event-source,1236,3,0.002,1500,185100,150.97,0.9,4,0,0,3,12.5,64,2026-11-22T20:30:15.000Z",
  "websocket,websocket,0,1,,900,111,,,,0,0,0,12.5,64,2026-11-22T20:30:15.000Z",
];

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser.close());

async function withTable(settings, body) {
  const { page, complaints, context } = await openView(browser, TABLE, { timezoneId: "UTC", ...settings });
  await page.evaluate((numbers) => {
    const { lab } = window;
    lab.settings.rate = 12.5;
    for (const [name, values] of Object.entries(numbers)) {
      const [messages, requests, received, sent, bytesPerMessage, p50, p99, missed, duplicates, reconnects] = values;
      const latency = p50 === null ? null : { last: p50, p50, p99 };
      Object.assign(lab.readers.get(name), { messages, requests, received, sent, bytesPerMessage, latency, missed, duplicates, reconnects });
    }
    lab.tell("reset");
  }, NUMBERS);
  await body(page, context);
  assert.deepEqual(complaints, []);
  await context.close();
}

const rows = (page) => page.$$eval("tbody tr", (all) => all.map(({ dataset }) => dataset.reader));

const cells = (page, reader) =>
  page.$$eval(`tr[data-reader=${reader}] > *`, (all) => all.map((cell) => cell.textContent.trim().replace("\u00a0", " ")));

test("a row says what a reader did, written as the reader's language writes numbers", () =>
  withTable({}, async (page) => {
    assert.deepEqual(await cells(page, "short-polling"), [
      ...["Short polling", "1,234", "1,300", "1.053", "965 KiB", "446 KiB", "1,171 B", "512 ms", "2.0 s", "0", "0", "2"],
    ]);
    assert.deepEqual(await cells(page, "websocket"), ["WebSocket", "0", "1", "–", "900 B", "111 B", "–", "–", "–", "0", "0", "0"]);
    const align = await page.$eval("td", (cell) => [getComputedStyle(cell).textAlign, getComputedStyle(cell).fontVariantNumeric]);
    assert.deepEqual(align, ["right", "tabular-nums"]);
    await page.evaluate(() => window.language.choose("zh"));
    assert.equal((await cells(page, "short-polling"))[0], "短轮询");
  }));

test("each column sorts the rows, one way and then the other; what has no value comes last", () =>
  withTable({}, async (page) => {
    assert.deepEqual(await rows(page), Object.keys(NUMBERS));
    assert.equal(await page.locator("[aria-sort]").count(), 0);
    const columns = await page.$$eval("thead button", (all) => all.map(({ dataset }) => dataset.column));
    assert.equal(columns.length, 12);
    for (const [at, column] of columns.entries()) {
      for (const direction of at === 0 ? ["ascending", "descending"] : ["descending", "ascending"]) {
        await page.click(`thead [data-column=${column}]`);
        assert.deepEqual(await page.$$eval("[aria-sort]", (all) => all.map((each) => [each.ariaSort, each.firstChild.dataset.column])), [
          [direction, column],
        ]);
        assert.deepEqual(await rows(page), expected(column, direction), `${column}, ${direction}`);
      }
    }
  }));

function expected(column, direction) {
  const [, requests, received, sent, per] = [0, 1, 2, 3, 4];
  const value = {
    reader: (name) => NAMES[name].toLowerCase(),
    messages: (name) => NUMBERS[name][0],
    requests: (name) => NUMBERS[name][requests],
    requests_per_message: (name) => (NUMBERS[name][0] === 0 ? null : NUMBERS[name][requests] / NUMBERS[name][0]),
    bytes_from_browser: (name) => NUMBERS[name][received],
    bytes_to_browser: (name) => NUMBERS[name][sent],
    bytes_per_message: (name) => NUMBERS[name][per],
    latency_median_ms: (name) => NUMBERS[name][5],
    latency_p99_ms: (name) => NUMBERS[name][6],
    missed: (name) => NUMBERS[name][7],
    duplicates: (name) => NUMBERS[name][8],
    reconnects: (name) => NUMBERS[name][9],
  }[column];
  const sign = direction === "ascending" ? 1 : -1;
  const known = Object.keys(NUMBERS).filter((name) => value(name) !== null);
  const unknown = Object.keys(NUMBERS).filter((name) => value(name) === null);
  return [...known.sort((one, other) => sign * (value(one) > value(other) ? 1 : value(one) < value(other) ? -1 : 0)), ...unknown];
}

test("the table can be sorted and scrolled with the keyboard alone", () =>
  withTable({ width: 390 }, async (page) => {
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate(() => document.activeElement.getAttribute("role")), "region");
    await page.keyboard.press("ArrowRight");
    await page.waitForFunction(() => document.querySelector(".table-box").scrollLeft > 0);
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    assert.equal(await page.getAttribute("[aria-sort]", "aria-sort"), "descending");
    assert.equal(await page.evaluate(() => document.activeElement.dataset.column), "messages");
    assert.equal((await rows(page))[0], "event-source");
    await page.keyboard.press("Space");
    assert.equal((await rows(page))[0], "websocket");
  }));

test("numbers are written at most once a second, and nothing loses the focus", () =>
  withTable({}, async (page) => {
    await page.click("thead [data-column=messages]");
    const changes = await page.evaluate(async () => {
      const { lab } = window;
      const reader = lab.readers.get("websocket");
      let writes = 0;
      new MutationObserver(() => writes++).observe(document.querySelector("tbody"), { subtree: true, childList: true, characterData: true });
      const begin = performance.now();
      while (performance.now() - begin < 2500) {
        reader.messages += 100;
        lab.tell("message", { reader: "websocket" });
        lab.tell("counts", { reader: "websocket", bytes: 1, messages: 1 });
        await new Promise((resolve) => requestAnimationFrame(resolve));
      }
      return writes;
    });
    assert.ok(changes >= 1 && changes <= 3, `${changes} writes in 2.5 s`);
    assert.equal(await page.evaluate(() => document.activeElement.dataset.column), "messages");
    await page.waitForFunction(() => document.querySelector("tbody tr").dataset.reader === "websocket");
  }));

test("the traveller has a row once it is used, which names what carries it", () =>
  withTable({}, async (page) => {
    await page.evaluate(() => {
      Object.assign(window.lab.readers.get("traveller"), { state: "live", transport: "iframe", messages: 5 });
      window.lab.tell("reader", window.lab.readers.get("traveller"));
    });
    await page.waitForSelector("tr[data-reader=traveller]");
    assert.deepEqual((await cells(page, "traveller")).slice(0, 2), ["Travellernow iframe streaming", "5"]);
    await page.evaluate(() => {
      window.lab.readers.get("traveller").transport = "websocket";
      window.lab.tell("reader", window.lab.readers.get("traveller"));
    });
    await page.waitForFunction(() => document.querySelector("tr[data-reader=traveller] th").textContent === "Travellernow WebSocket");
  }));

test("the file is RFC 4180, with plain numbers and names that no language changes", () =>
  withTable({ lang: "zh" }, async (page) => {
    await page.clock.setFixedTime("2026-11-22T20:30:15Z");
    const [file] = await Promise.all([page.waitForEvent("download"), page.click("[data-export=download]")]);
    assert.equal(file.suggestedFilename(), "posthorn-lab-2026-11-22-203015.csv");
    assert.equal(readFileSync(await file.path(), "utf8"), [HEADER, ...ROWS, ""].join("\r\n"));
  }));

test("the file's rows stand as those of the table do", () =>
  withTable({}, async (page) => {
    await page.clock.setFixedTime("2026-11-22T20:30:15Z");
    await page.click("thead [data-column=missed]");
    const [file] = await Promise.all([page.waitForEvent("download"), page.click("[data-export=download]")]);
    const lines = readFileSync(await file.path(), "utf8").split("\r\n");
    assert.deepEqual(lines.slice(0, 3), [HEADER, ROWS[0], ROWS[1]]);
  }));

test("a cell with a comma, a quote or a line's end is quoted", () => {
  assert.equal(csv([["a", "b,c", 'd"e'], ["f\ng", "", "h\r\n"]]), 'a,"b,c","d""e"\r\n"f\ng",,"h\r\n"\r\n');
});

for (const secure of [true, false]) {
  test(`what is copied can be pasted into a spreadsheet, ${secure ? "with" : "without"} the clipboard of secure pages`, () =>
    withTable({ permissions: ["clipboard-read", "clipboard-write"] }, async (page) => {
      await page.clock.setFixedTime("2026-11-22T20:30:15Z");
      await page.evaluate((secure) => {
        if (!secure) {
          Object.defineProperty(navigator, "clipboard", { value: undefined });
        }
        document.querySelector("main").append(document.createElement("textarea"));
      }, secure);
      await page.click("[data-export=copy]");
      await page.waitForFunction(() => document.querySelector("[role=status]").textContent.startsWith("Copied"));
      assert.equal(await page.evaluate(() => document.activeElement.dataset.export), "copy");
      await page.focus("textarea");
      await page.keyboard.press("ControlOrMeta+v");
      const wanted = [HEADER, ...ROWS].map((line) => line.replaceAll(",", "\t")).join("\n");
      assert.equal(await page.inputValue("textarea"), wanted);
    }));
}

test("the table has the same texts in both languages, under its own name", () => {
  assert.deepEqual(Object.keys(en), Object.keys(zh));
  const places = (sentence) => (sentence.match(/\{\w+\}/g) ?? []).sort();
  for (const key of Object.keys(en)) {
    assert.match(key, /^table\./);
    assert.deepEqual(places(zh[key]), places(en[key]), key);
  }
});

for (const [lang, colorScheme] of [["en", "light"], ["zh", "dark"]]) {
  for (const width of [1280, 390, 320]) {
    test(`${lang}, ${colorScheme}, ${width} px: the table scrolls in its own box, and axe finds nothing in it`, () =>
      withTable({ lang, colorScheme, width }, async (page) => {
        await page.click("thead [data-column=requests]");
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        assert.ok(overflow <= 0, `${overflow} px too wide`);
        await page.evaluate(axe.source);
        const { violations } = await page.evaluate(() => window.axe.run());
        assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html)}`), []);
      }));
  }
}
