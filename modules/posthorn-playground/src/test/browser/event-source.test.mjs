// EventSource in Chromium as the reader of a feed.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch } from "./browser.mjs";
import { Feed, later } from "./feed.mjs";
import { HOSTILE, openReader } from "./reader.mjs";
import { Wire } from "./wire.mjs";

let browser;
let feed;
before(async () => {
  [browser, feed] = await Promise.all([launch(), Feed.start()]);
});
after(() => Promise.all([browser.close(), feed.stop()]));

/** Reads a path of the page's server, named events too, and is connected. */
async function read(page, path, events = []) {
  await page.evaluate(
    ([url, names]) =>
      new Promise((resolve) => {
        window.source = new EventSource(url);
        window.source.onopen = resolve;
        for (const name of ["message", ...names]) {
          window.source.addEventListener(name, ({ type, data, lastEventId }) => window.got.push({ type, data, id: lastEventId }));
        }
      }),
    [path, events],
  );
}

test("a message arrives as it was published, under its name and with its cursor", async () => {
  const { page, got, complaints, context } = await openReader(browser, feed.origin);
  await read(page, "/feed", ["tick"]);
  const ids = [];
  for (const data of HOSTILE) {
    ids.push(await feed.publish(data));
  }
  ids.push(await feed.publish('{"a":1}', { type: "application/json", event: "tick" }));
  ids.push(await feed.publish(Uint8Array.of(0, 255), { type: "application/octet-stream" }));
  const all = await got(ids.length);
  assert.deepEqual(all.map(({ id }) => id), ids);
  assert.deepEqual(all.slice(0, HOSTILE.length).map(({ data }) => data), HOSTILE);
  assert.deepEqual(all.slice(HOSTILE.length).map(({ type, data }) => [type, data]), [
    ["tick", '{"a":1}'],
    ["message", "AP8="],
  ]);
  assert.deepEqual(complaints, []);
  await context.close();
});

test("every newline ends a line, and none of them an event; in an envelope they stay what they were", async () => {
  const { page, got, context } = await openReader(browser, feed.origin);
  const lines = "a\nb\r\nc\rd\n\nid: x\nevent: y\n";
  await read(page, "/feed");
  await feed.publish(lines);
  await read(page, "/feed?envelope=json");
  await feed.publish(lines);
  // The second message comes to both readers, in either order, and to the second one behind the place where it begins.
  const [plain, ...others] = await got(4);
  const [, envelope] = others.filter(({ data }) => data.startsWith("{"));
  assert.equal(plain.data, "a\nb\nc\nd\n\nid: x\nevent: y\n");
  assert.equal(JSON.parse(envelope.data).data, lines);
  await context.close();
});

test("when its connection is cut it comes back by itself, and has every message once", async () => {
  const wire = new Wire(feed.origin);
  await wire.mend();
  const { page, got, context } = await openReader(browser, wire.url);
  await read(page, "/feed");
  const first = await feed.publish("before the cut");
  await got(1);
  await wire.cut();
  const missed = [await feed.publish("missed 1"), await feed.publish("missed 2")];
  await wire.mend();
  assert.deepEqual((await got(3)).map(({ id }) => id), [first, ...missed]);
  const last = await feed.publish("after");
  assert.deepEqual((await got(4)).map(({ id }) => id), [first, ...missed, last]);
  assert.match(wire.requests, new RegExp(`\r\nLast-Event-ID: ${first}\r\n`, "i"));
  await context.close();
  await wire.cut();
});

test("it knows where it began, so that what comes while it is away from the beginning is not lost", async () => {
  const wire = new Wire(feed.origin);
  await wire.mend();
  const { page, got, context } = await openReader(browser, wire.url);
  const begin = await feed.publish("before it came");
  await read(page, "/feed");
  await wire.heard(`id: ${begin}`);
  await wire.cut();
  const missed = await feed.publish("missed");
  await wire.mend();
  assert.deepEqual(await got(1), [{ type: "message", data: "missed", id: missed }]);
  assert.match(wire.requests, new RegExp(`\r\nLast-Event-ID: ${begin}\r\n`, "i"));
  await context.close();
  await wire.cut();
});

test("the cursor in the address is where it begins, and where it is counts when it comes back", async () => {
  const wire = new Wire(feed.origin);
  await wire.mend();
  const { page, got, context } = await openReader(browser, wire.url);
  const cursor = await feed.publish("seen");
  const second = await feed.publish("second");
  await read(page, `/feed?cursor=${cursor}`);
  assert.deepEqual((await got(1)).map(({ id }) => id), [second]);
  await wire.cut();
  const third = await feed.publish("third");
  await wire.mend();
  assert.deepEqual((await got(2)).map(({ id }) => id), [second, third]);
  await context.close();
  await wire.cut();
});

test("messages named by the address arrive where the connection's own open does, which has no data", async () => {
  const { page, context, got } = await openReader(browser, feed.origin);
  await page.evaluate(() => {
    const source = new EventSource("/feed?event=open");
    source.onopen = (event) => (event.data === undefined ? window.ready : window.got).push(event.data ?? "opened");
  });
  await page.waitForFunction(() => window.ready.length === 1);
  await feed.publish("named by the address");
  assert.deepEqual(await got(1), ["named by the address"]);
  await context.close();
});

test("what is no longer there is told as a gap", async () => {
  const { page, got, context } = await openReader(browser, feed.origin);
  const cursor = await feed.publish("the last that it saw");
  const last = await feed.overflow();
  const next = await feed.publish("one too many");
  await read(page, `/feed?cursor=${cursor}`, ["gap"]);
  const all = await got(1001);
  assert.equal(all[0].type, "gap");
  assert.deepEqual(JSON.parse(all[0].data), { after: cursor, before: later(cursor, 2) });
  assert.deepEqual([all[1].id, all.at(-2).id, all.at(-1).id], [later(cursor, 2), last, next]);
  await context.close();
});
