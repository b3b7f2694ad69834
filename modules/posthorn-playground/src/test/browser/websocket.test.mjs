// WebSocket in Chromium as the reader of a feed, with and without envelopes.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch } from "./browser.mjs";
import { Feed, later } from "./feed.mjs";
import { HOSTILE, openReader } from "./reader.mjs";
import { Wire } from "./wire.mjs";

const ENVELOPES = ["posthorn.feed"];

let browser;
let feed;
before(async () => {
  [browser, feed] = await Promise.all([launch(), Feed.start()]);
});
after(() => Promise.all([browser.close(), feed.stop()]));

/** Opens a path of the page's server; bytes are given as an array. */
function read(page, path, protocols = []) {
  return page.evaluate(
    ([url, names]) =>
      new Promise((resolve) => {
        const socket = new WebSocket(url, names);
        socket.binaryType = "arraybuffer";
        socket.onopen = () => resolve(socket.protocol);
        socket.onmessage = ({ data }) => window.got.push(typeof data === "string" ? data : [...new Uint8Array(data)]);
        socket.onclose = () => window.ready.push("closed");
      }),
    [path, protocols],
  );
}

test("without the subprotocol each message is what was published, text as text and bytes as bytes", async () => {
  const { page, got, complaints, context } = await openReader(browser, feed.origin);
  assert.equal(await read(page, "/feed"), "");
  for (const data of HOSTILE) {
    await feed.publish(data, { event: "untold" });
  }
  await feed.publish(Uint8Array.of(0, 255), { type: "application/octet-stream" });
  assert.deepEqual(await got(HOSTILE.length + 1), [...HOSTILE, [0, 255]]);
  assert.deepEqual(complaints, []);
  await context.close();
});

test("with posthorn.feed each comes in its envelope, and before all others the place where it begins", async () => {
  const { page, got, context } = await openReader(browser, feed.origin);
  const begin = await feed.publish("before it came");
  assert.equal(await read(page, "/feed", ENVELOPES), "posthorn.feed");
  const ids = [];
  for (const data of HOSTILE) {
    ids.push(await feed.publish(data));
  }
  const json = await feed.publish('{"a":[1]}', { type: "application/json", event: "tick" });
  const binary = await feed.publish(Uint8Array.of(0, 255), { type: "application/octet-stream" });
  const all = (await got(HOSTILE.length + 3)).map((text) => JSON.parse(text));
  assert.deepEqual(all, [
    { id: begin },
    ...HOSTILE.map((data, index) => ({ id: ids[index], data })),
    { id: json, event: "tick", data: { a: [1] } },
    { id: binary, data: "AP8=", encoding: "base64" },
  ]);
  await context.close();
});

for (const protocols of [[], ENVELOPES]) {
  test(`when it was cut it resumes with the cursor ${protocols.length ? "of its last envelope" : "that something else told it"}`, async () => {
    const wire = new Wire(feed.origin);
    await wire.mend();
    const { page, got, ready, context } = await openReader(browser, wire.url);
    const begin = await feed.publish("before it came");
    await read(page, `/feed?cursor=${begin}`, protocols);
    const cursor = await feed.publish("before the cut");
    await got(1);
    await wire.cut();
    await ready();
    await feed.publish("missed 1");
    await feed.publish("missed 2");
    await wire.mend();
    await read(page, `/feed?cursor=${cursor}`, protocols);
    const all = await got(3);
    const words = all.map((text) => (protocols.length ? JSON.parse(text).data : text));
    assert.deepEqual(words, ["before the cut", "missed 1", "missed 2"]);
    await context.close();
    await wire.cut();
  });
}

test("what is no longer there is told in an envelope", async () => {
  const { page, got, context } = await openReader(browser, feed.origin);
  const cursor = await feed.publish("the last that it saw");
  await feed.overflow();
  await feed.publish("one too many");
  await read(page, `/feed?cursor=${cursor}`, ENVELOPES);
  const all = (await got(1000)).map((text) => JSON.parse(text));
  const before = later(cursor, 2);
  assert.deepEqual(all[0].gap, { after: cursor, before });
  assert.deepEqual([all[0].id, all[1].gap], [before, undefined]);
  await context.close();
});
