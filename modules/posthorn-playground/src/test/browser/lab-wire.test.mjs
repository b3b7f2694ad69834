import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch } from "./browser.mjs";
import { RECORDED, choose, event, names, noted, pick, stream, tell, text, withInspector } from "./lab-inspector.mjs";

const READERS = ["short-polling", "long-polling", "iframe", "event-source", "websocket"];

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser.close());

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
  await withInspector(browser, {}, async (page) => {
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
  await withInspector(browser, {}, async (page) => {
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
  await withInspector(browser, {}, async (page) => {
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
  await withInspector(browser, {}, async (page) => {
    await choose(page, "iframe");
    await pick(page, "Message 3");
    const call = await page.$$eval(".wire .lines .noted:nth-child(3) :is(.call, .payload)", (parts) => parts.map((part) => part.textContent).join(""));
    assert.match(call, /^parent\.lab\.take\("3 2026-11-22T20:40:47\.218456Z \.+",\{"id":"qWtsJyEo-3"\}\)$/);
    await pick(page, "Beginning");
    assert.match(await text(page, ".lines"), /<!doctype html>.*<!--.* more bytes padding in a comment/);
  });
});

test("a WebSocket's frame is drawn bit by bit, the browser's with its mask", async () => {
  await withInspector(browser, {}, async (page) => {
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
  await withInspector(browser, {}, async (page) => {
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
  await withInspector(browser, { told }, async (page) => {
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
  await withInspector(browser, { told: [stream([event("1 first", 1)])] }, async (page) => {
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
  await withInspector(browser, { told: [stream([event("1 first", 1)])] }, async (page) => {
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
  await withInspector(browser, { told: [{ ...long, exchange: 66 }] }, async (page) => {
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
  await withInspector(browser, {}, async (page) => {
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
  await withInspector(browser, { told }, async (page) => {
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
  await withInspector(browser, {}, async (page) => {
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
  await withInspector(browser, { told }, async (page) => {
    await choose(page, "traveller");
    assert.match(await text(page, ".by"), /^Shown now: WebSocket\. One handshake/);
    await pick(page, "Request 1");
    assert.match(await text(page, ".by"), /^Shown now: Short polling\. About once a second/);
    assert.match(await text(page, "h3"), /Request and response/);
  });
});
