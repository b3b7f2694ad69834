// The npm packages eventsource and ws as readers of a feed.
import assert from "node:assert/strict";
import { EventSource } from "eventsource";
import { EventEmitter, once } from "node:events";
import { after, before, test } from "node:test";
import { WebSocket } from "ws";
import { Feed, later } from "./feed.mjs";
import { Wire } from "./wire.mjs";

let feed;
before(async () => {
  feed = await Feed.start();
});
after(() => feed.stop());

/** What a reader got; `until(count)` waits for so many. */
class Got extends Array {
  #more = new EventEmitter();

  add(message) {
    this.push(message);
    this.#more.emit("more");
  }

  async until(count) {
    while (this.length < count) {
      await once(this.#more, "more");
    }
    return [...this];
  }
}

async function readEvents(t, url, names = []) {
  const source = new EventSource(url);
  t.after(() => source.close());
  const got = new Got();
  for (const name of ["message", ...names]) {
    source.addEventListener(name, ({ type, data, lastEventId }) => got.add({ type, data, id: lastEventId }));
  }
  await new Promise((resolve) => source.addEventListener("open", resolve, { once: true }));
  return got;
}

async function readSocket(t, url, protocols = []) {
  const socket = new WebSocket(url, protocols);
  t.after(() => socket.terminate());
  const got = new Got();
  socket.on("message", (data, isBinary) => got.add(isBinary ? [...data] : data.toString()));
  await once(socket, "open");
  return { socket, got };
}

test("eventsource reads data, name and cursor", async (t) => {
  const got = await readEvents(t, feed.url, ["tick"]);
  const one = await feed.publish("two\nlines");
  const two = await feed.publish("named", { event: "tick" });
  assert.deepEqual(await got.until(2), [
    { type: "message", data: "two\nlines", id: one },
    { type: "tick", data: "named", id: two },
  ]);
});

test("eventsource comes back by itself with the last id", async (t) => {
  const wire = new Wire(feed.origin);
  await wire.mend();
  t.after(() => wire.cut());
  const got = await readEvents(t, `${wire.url}/feed`);
  const first = await feed.publish("before the cut");
  await got.until(1);
  await wire.cut();
  const missed = await feed.publish("missed");
  await wire.mend();
  assert.deepEqual((await got.until(2)).map(({ id }) => id), [first, missed]);
});

test("eventsource resumes from a cursor, and is told of a gap", async (t) => {
  const cursor = await feed.publish("seen");
  const next = await feed.publish("next");
  assert.deepEqual(await (await readEvents(t, `${feed.url}?cursor=${cursor}`)).until(1), [{ type: "message", data: "next", id: next }]);
  await feed.overflow();
  const [gap, first] = await (await readEvents(t, `${feed.url}?cursor=${cursor}`, ["gap"])).until(2);
  assert.deepEqual([gap.type, JSON.parse(gap.data)], ["gap", { after: cursor, before: later(next, 1) }]);
  assert.equal(first.id, later(next, 1));
});

test("ws reads text as text and bytes as bytes", async (t) => {
  const { got } = await readSocket(t, feed.url);
  await feed.publish("text");
  await feed.publish(Uint8Array.of(0, 255), { type: "application/octet-stream" });
  assert.deepEqual(await got.until(2), ["text", [0, 255]]);
});

test("ws with posthorn.feed resumes from the cursor of its last envelope", async (t) => {
  const wire = new Wire(feed.origin);
  await wire.mend();
  t.after(() => wire.cut());
  const begin = await feed.publish("before it came");
  const { socket, got } = await readSocket(t, `${wire.url}/feed`, ["posthorn.feed"]);
  assert.equal(socket.protocol, "posthorn.feed");
  await feed.publish("seen", { event: "tick" });
  const [place, seen] = (await got.until(2)).map((text) => JSON.parse(text));
  assert.deepEqual(place, { id: begin });
  assert.deepEqual(seen, { id: later(begin, 1), event: "tick", data: "seen" });
  const gone = once(socket, "close");
  await wire.cut();
  await gone;
  const missed = await feed.publish("missed");
  await wire.mend();
  const again = await readSocket(t, `${wire.url}/feed?cursor=${seen.id}`, ["posthorn.feed"]);
  assert.deepEqual((await again.got.until(1)).map((text) => JSON.parse(text)), [{ id: missed, data: "missed" }]);
});

test("ws with posthorn.feed is told of a gap", async (t) => {
  const cursor = await feed.publish("the last that it saw");
  await feed.overflow();
  const last = await feed.publish("one too many");
  const { got } = await readSocket(t, `${feed.url}?cursor=${cursor}`, ["posthorn.feed"]);
  const all = (await got.until(1000)).map((text) => JSON.parse(text));
  assert.deepEqual(all[0].gap, { after: cursor, before: later(cursor, 2) });
  assert.equal(all.at(-1).id, last);
});
