import assert from "node:assert/strict";
import axe from "axe-core";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { launch } from "./browser.mjs";
import { openView } from "./lab-fake.mjs";

const INSPECTOR = { file: "/lab/wire/inspector.js", name: "Inspector", texts: "/lab/wire" };
const READERS = ["short-polling", "long-polling", "iframe", "event-source", "websocket"];

/** What went over the wire between Chromium and a server, as the lab tells it. */
const RECORDED = JSON.parse(readFileSync(new URL("lab-wire.json", import.meta.url), "utf8"));

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser.close());

/** Opens an inspector that was told what was recorded, unless other tellings are given. */
async function withInspector(settings, body) {
  const { page, complaints, context } = await openView(browser, INSPECTOR, settings);
  await tell(page, settings.told ?? RECORDED);
  await body(page);
  assert.deepEqual(complaints, []);
  await context.close();
}

function tell(page, tellings) {
  return page.evaluate((all) => all.forEach((told) => window.lab.tell("wire", told)), tellings);
}

function choose(page, name) {
  return page.click(`#wire-tab-${name}`);
}

/** Picks the newest row whose text begins or goes on with this. */
function pick(page, text) {
  return page.locator(".wire .option", { hasText: text }).first().click();
}

/** The lines that have a note: `{line, note}`. */
function noted(page, place) {
  return page.$$eval(`.wire ${place} .noted`, (lines) =>
    lines.map((line) => ({
      line: line.querySelector(".field, code").textContent,
      note: [...line.querySelectorAll(".note")].map((note) => note.textContent).join(" | "),
    })),
  );
}

async function names(page, place) {
  return (await noted(page, place)).map(({ line }) => line.split(/[:\s]/)[0].toLowerCase());
}

function text(page, place) {
  return page.textContent(`.wire ${place}`);
}

/** A chunk with an event, the newest of a stream. */
function event(data, micros = 1) {
  const content = `id: k3-${micros}\ndata: ${data}\n\n`;
  const bytes = Buffer.from(`${Buffer.byteLength(content).toString(16)}\r\n${content}\r\n`);
  return { from: "server", micros, size: bytes.length, bytes: bytes.subarray(0, 1024).toString("base64") };
}

/** An EventSource's stream; its pieces are numbered by their time. */
function stream(pieces, changes = {}) {
  const told = RECORDED.find(({ reader }) => reader === "event-source");
  return { ...told, firstPiece: pieces[0].micros, pieces, ...changes };
}

async function faults(page) {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() => window.axe.run());
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" | ")}`);
}

test("the heads of each transport stand there line by line, and what matters has a note", async () => {
  const aside = ["vary", "access-control-expose-headers"];
  const expected = {
    "short-polling": [
      ["get", "cache-control"],
      ["http/1.1", "cache-control", "etag", "content-length", ...aside],
    ],
    "long-polling": [
      ["get", "cache-control"],
      ["http/1.1", "cache-control", "etag", "content-length", ...aside],
    ],
    iframe: [
      ["get", "sec-fetch-dest"],
      ["http/1.1", "cache-control", "content-type", "x-accel-buffering", "transfer-encoding", "connection", ...aside],
    ],
    "event-source": [
      ["get", "accept"],
      ["http/1.1", "cache-control", "content-type", "x-accel-buffering", "transfer-encoding", "connection", ...aside],
    ],
    websocket: [
      ["get", "connection", "upgrade", "sec-websocket-key", "sec-websocket-protocol"],
      ["http/1.1", "upgrade", "connection", "sec-websocket-accept", "sec-websocket-protocol"],
    ],
  };
  await withInspector({}, async (page) => {
    for (const name of READERS) {
      await choose(page, name);
      assert.deepEqual(await names(page, "figure:first-child"), expected[name][0], name);
      assert.deepEqual(await names(page, "figure:last-child"), expected[name][1], name);
      const told = RECORDED.findLast(({ reader }) => reader === name);
      const lines = await page.$$eval(".wire .head .field", (all) => all.map((each) => each.textContent));
      assert.deepEqual(lines.sort(), `${told.request}\n${told.response}`.split("\n").sort(), name);
      assert.match(await text(page, "figure:first-child figcaption"), new RegExp(`${told.requestBytes} bytes`));
    }
    await choose(page, "long-polling");
    const [{ note }] = await noted(page, "figure:first-child");
    assert.match(note, /reader=long-polling this page’s reader “Long polling”/);
    assert.match(note, /wait=25 hold the response back/);
    assert.match(note, /cursor=\S+ only what comes after this message/);
  });
});

test("a poll is a row with the price of question, answer and body; a 204 brought nothing", async () => {
  await withInspector({}, async (page) => {
    await choose(page, "short-polling");
    const rows = await page.$$eval(".wire .option", (all) => all.map((row) => [...row.children].map((cell) => cell.textContent)));
    assert.deepEqual(rows.map(([, kind, preview, size]) => [kind, preview.replace(/: .*/, ""), size]), [
      ["Request 3 → 200", "Messages 2 to 3", "585 + 360 + 189 B"],
      ["Request 2 → 200", "Message 2", "585 + 359 + 93 B"],
      ["Request 1 → 204", "nothing new", "585 + 315 B"],
    ]);
    assert.match(await text(page, ".overhead"), /^Of 1,134 bytes on the wire, 128 are 2 messages: 11%/);
    await pick(page, "204");
    assert.match(await text(page, ".piece"), /no body: nothing new/);
    assert.match(await text(page, ".overhead"), /^900 bytes on the wire, and no message/);
    assert.match(await text(page, "figure:last-child .start"), /204 No Content.*nothing new/);
  });
});

test("an EventSource's chunk is drawn with its size, its lines and their ends", async () => {
  await withInspector({}, async (page) => {
    await choose(page, "event-source");
    await pick(page, "Message 3");
    const lines = await noted(page, ".lines");
    assert.deepEqual(lines.map(({ line }) => line.replace(/ \.+/, "")), [
      "57CRLF",
      "id: qWtsJyEo-3LF",
      "data: 3 2026-11-22T20:40:47.218456ZLF",
      "LF",
      "CRLF",
    ]);
    assert.equal(lines[0].note, "57 is hex: 87 bytes follow");
    assert.match(await text(page, ".overhead"), /Of 93 bytes on the wire, 64 are the message: 69%.*584 \+ 341 bytes, were paid once/);
    await pick(page, "Keep-alive");
    assert.match(await text(page, ".lines"), /:LFa comment: keep-alive/);
  });
});

test("an iframe's script is shown as source, its call of the page marked", async () => {
  await withInspector({}, async (page) => {
    await choose(page, "iframe");
    await pick(page, "Message 3");
    const call = await page.$$eval(".wire .lines .noted:nth-child(3) :is(.call, .payload)", (parts) => parts.map((part) => part.textContent).join(""));
    assert.match(call, /^parent\.lab\.take\("3 2026-11-22T20:40:47\.218456Z \.+",\{"id":"qWtsJyEo-3"\}\)$/);
    await pick(page, "Beginning");
    assert.match(await text(page, ".lines"), /<!doctype html>.*<!--.* more bytes padding in a comment/);
  });
});

test("a WebSocket's frame is drawn bit by bit, the browser's with its mask", async () => {
  await withInspector({}, async (page) => {
    await choose(page, "websocket");
    await pick(page, "Message 3");
    assert.match(await text(page, ".picture"), /Opcodetext.*Payload length93/);
    assert.equal(await page.locator(".wire .picture [data-field=key]").count(), 0);
    await pick(page, "enough");
    assert.equal(await page.locator(".wire .picture [data-field=key]").count(), 2);
    assert.match(await text(page, ".lines"), /1000 enough/);
    await page.click(".wire .frame-fields summary");
    assert.match(await text(page, ".fields"), /A client must mask every frame/);
    await pick(page, "Message 3");
    assert.match(await text(page, ".fields"), /A server must not mask/);
    assert.ok(await page.locator(".wire .frame-fields[open]").count());
  });
});

test("of a long message the rest is counted", async () => {
  await withInspector({}, async (page) => {
    for (const name of ["iframe", "event-source", "websocket"]) {
      await choose(page, name);
      await pick(page, "Message 4");
      const [, shown, more] = /(4 2026\S+ \.+) … ([\d,]+) more bytes/.exec(await text(page, ".lines"));
      const told = Number(more.replace(",", ""));
      assert.equal(shown.length, 240, name);
      assert.ok(told > 16_000 && told < 33_000, `${name}: ${told}`);
    }
  });
});

test("whatever a message holds stays text", async () => {
  const hostile = `<img src=x onerror="window.wasRun = true"><script>window.wasRun = true</script>\u202e\u0000`;
  const poll = JSON.stringify({ id: "k3-1", data: hostile });
  const body = { from: "server", micros: 5, size: Buffer.byteLength(poll), bytes: Buffer.from(poll).toString("base64") };
  const told = [
    stream([event(hostile)], { request: `GET /?cursor=<b>x</b>&reader=${hostile} HTTP/1.1\nAccept: text/event-stream\nX-Evil: ${hostile}` }),
    { ...RECORDED.find(({ reader }) => reader === "long-polling"), pieces: [body] },
  ];
  await withInspector({ told }, async (page) => {
    for (const name of ["event-source", "long-polling"]) {
      await choose(page, name);
      assert.match(await text(page, ".lines"), /<script>window\.wasRun/);
      assert.equal(await page.locator(".wire :is(img, script)").count(), 0);
      assert.doesNotMatch(await text(page, ".both"), /[\u202e\u0000]/);
    }
    assert.equal(await page.evaluate(() => window.wasRun), undefined);
  });
});

test("the newest is shown, until a row is picked; following goes on at a click", async () => {
  await withInspector({ told: [stream([event("1 first", 1)])] }, async (page) => {
    await choose(page, "event-source");
    await tell(page, [stream([event("2 second", 2)])]);
    await page.waitForFunction(() => document.querySelector(".wire .lines").textContent.includes("2 second"));
    await pick(page, "first");
    await page.mouse.move(0, 0);
    await tell(page, [stream([event("3 third", 3)])]);
    await page.waitForSelector(".wire .option:has-text('Message 3')");
    assert.match(await text(page, ".lines"), /1 first/);
    await page.click(".wire .follow");
    assert.match(await text(page, ".lines"), /3 third/);
    assert.ok(await page.isHidden(".wire .follow"));
  });
});

test("the list keeps still under the pointer", async () => {
  await withInspector({ told: [stream([event("1 first", 1)])] }, async (page) => {
    await choose(page, "event-source");
    await page.hover(".wire .option");
    await tell(page, [stream([event("2 second", 2)])]);
    await page.waitForSelector(".wire .waiting:has-text('1 newer')");
    assert.equal(await page.locator(".wire .option").count(), 2);
    assert.match(await text(page, ".lines"), /1 first/);
    await page.mouse.move(0, 0);
    assert.equal(await page.locator(".wire .option").count(), 3);
    assert.match(await text(page, ".lines"), /2 second/);
    assert.equal(await text(page, ".waiting"), "");
  });
});

test("what passed while another reader was looked at, or too fast, is counted in the list", async () => {
  const long = RECORDED.find(({ reader }) => reader === "long-polling");
  const hole = (page) => page.$$eval(".wire .hole", (all) => all.map((each) => each.textContent));
  await withInspector({ told: [{ ...long, exchange: 66 }] }, async (page) => {
    await page.waitForSelector(".wire .hole");
    assert.deepEqual(await hole(page), ["65 requests not shown: before this was looked at"]);
    await choose(page, "event-source");
    await tell(page, [stream([event("1 first", 1)])]);
    await choose(page, "long-polling");
    await tell(page, [{ ...long, exchange: 84 }, { ...long, exchange: 85 }]);
    await page.waitForSelector(".wire .option:has-text('Request 85')");
    assert.equal((await hole(page))[0], "17 requests not shown: another reader was looked at");
    await choose(page, "event-source");
    await tell(page, [stream([event("40 now", 40)]), stream([event("45 now", 45)])]);
    await page.waitForSelector(".wire .option:has-text('Message 45')");
    assert.deepEqual(await hole(page), ["4 chunks not shown: too fast to tell all", "38 chunks not shown: another reader was looked at"]);
    await page.locator(".wire .hole").first().click({ force: true });
    assert.match(await text(page, ".lines"), /45 now/);
  });
});

test("a picked row stays picked while other readers are looked at", async () => {
  await withInspector({}, async (page) => {
    await choose(page, "short-polling");
    await pick(page, "204");
    await choose(page, "websocket");
    await choose(page, "short-polling");
    assert.match(await text(page, ".piece"), /no body: nothing new/);
  });
});

test("of a body with many messages a few are drawn, each on its line, and the others are counted", async () => {
  const body = JSON.stringify(Array.from({ length: 39 }, (_, index) => ({ id: `k3-${index}`, data: `${index + 50} now` })));
  const piece = { from: "server", micros: 5, size: body.length, bytes: Buffer.from(body).subarray(0, 1024).toString("base64") };
  const told = [{ ...RECORDED.find(({ reader }) => reader === "long-polling"), pieces: [piece] }];
  await withInspector({ told }, async (page) => {
    await page.waitForSelector(".wire .lines .rest");
    const lines = await page.$$eval(".wire .lines .line", (all) => all.map((line) => line.textContent));
    assert.match(lines[0], /^\[\{"id":"k3-0","data":"50 now"\},JSON/);
    assert.match(lines[1], /^\{"id":"k3-1","data":"51 now"\},the next one/);
    assert.match(lines[3], /and ≈ 3\d more messages, 1,1\d\d bytes/);
    assert.equal(lines.length, 4);
    assert.match(await text(page, ".option .preview"), /Messages from 50/);
  });
});

test("what any browser sends is folded into one line, which stays open where it was opened", async () => {
  await withInspector({}, async (page) => {
    await page.waitForSelector(".wire .others");
    assert.ok(await page.isHidden("text=User-Agent"));
    const fold = page.locator(".wire figure").first().locator("summary");
    assert.match(await fold.textContent(), /^and 14 other lines, \d\d\d bytes$/);
    await fold.click();
    assert.ok(await page.isVisible("text=User-Agent"));
    await choose(page, "websocket");
    assert.ok(await page.isVisible("text=User-Agent"));
  });
});

test("the traveller's words follow the transport of the exchange that is shown", async () => {
  const told = ["short-polling", "websocket"].map((name, index) => ({
    ...RECORDED.find(({ reader }) => reader === name),
    reader: "traveller",
    exchange: index + 1,
  }));
  for (const each of told) {
    each.request = each.request.replace(/reader=[a-z-]+/, "reader=traveller");
  }
  await withInspector({ told }, async (page) => {
    await choose(page, "traveller");
    assert.match(await text(page, ".by"), /^Shown now: WebSocket\. One handshake/);
    await pick(page, "Request 1");
    assert.match(await text(page, ".by"), /^Shown now: Short polling\. About once a second/);
    assert.match(await text(page, "h3"), /Request and response/);
  });
});

test("frozen, nothing moves, and the server is asked for nothing", async () => {
  await withInspector({ told: [stream([event("1 first", 1)])] }, async (page) => {
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
  await withInspector({}, async (page) => {
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
  await withInspector({ told: [] }, async (page) => {
    for (const name of [...READERS, "traveller"]) {
      await choose(page, name);
      assert.ok((await text(page, ".before")).length > 40, name);
      assert.ok(await page.isHidden(".wire .both"));
    }
  });
});

test("the inspector can be used with the keyboard alone", async () => {
  await withInspector({}, async (page) => {
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
        await withInspector({ lang, colorScheme, width }, async (page) => {
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
  await withInspector({}, async (page) => {
    await choose(page, "event-source");
    await page.evaluate(() => window.language.choose("zh"));
    assert.match(await text(page, ".lesson .chosen"), /一个一直不结束的响应/);
    assert.match(await text(page, ".lines"), /消息本身/);
    assert.doesNotMatch(await text(page, ".heads"), /what comes after/);
  });
});
