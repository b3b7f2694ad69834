// Engine.IO 4 as bytes: heartbeats, ends of sessions, and the upgrade from polling to WebSocket.
import assert from "node:assert/strict";
import { once } from "node:events";
import net from "node:net";
import { after, before, test } from "node:test";
import { isReference, serve } from "./server.mjs";
import { address, Frames, inTime, Polling, request, within } from "./wire.mjs";

const PING_INTERVAL = 300;
const PING_TIMEOUT = 200;
// Node's two timers, one set when the other rings, are late by some milliseconds.
const LATENESS = isReference ? 30 : 0;

let server;
let endpoint;
before(async () => {
  server = await serve("protocol");
  endpoint = `${server.url}engine.io/`;
});
after(() => server.stop());

const elapse = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** A WebSocket that is open and has had its handshake. */
async function connect(t, options) {
  const frames = await Frames.open(address(endpoint, { transport: "websocket" }), options);
  t.after(() => frames.drop());
  frames.sid = JSON.parse((await frames.next()).slice(1)).sid;
  return frames;
}

/** The WebSocket that a session over polling may upgrade to. */
async function second(t, session, options) {
  const frames = await Frames.open(address(endpoint, { transport: "websocket", sid: session.sid }), options);
  t.after(() => frames.drop());
  return frames;
}

async function probe(t, session, options) {
  const frames = await second(t, session, options);
  frames.send("2probe");
  assert.equal(await frames.next(), "3probe");
  return frames;
}

/** Timed from before the first request, so that a slow machine makes it longer only. Timers count in whole milliseconds. */
function assertElapsed(since, ms) {
  const elapsed = performance.now() - since;
  assert.ok(elapsed > ms - 10, `after ${elapsed} ms`);
}

const status = async (session) => (await session.get()).status;

async function assertOver(session) {
  const { status: code, body } = await session.get();
  assert.deepEqual({ code, body: JSON.parse(body) }, { code: 400, body: { code: 1, message: "Session ID unknown" } });
}

async function assertEchoes(frames) {
  frames.send("4still here");
  assert.equal(await frames.next(), "4still here");
}

test("the server pings each pingInterval over polling, and a pong is answered with ok", async () => {
  await inTime(async () => {
    const since = performance.now();
    const session = await Polling.open(endpoint);
    for (let i = 1; i <= 3; i++) {
      const { status: code, body } = await session.get();
      assert.deepEqual({ code, body }, { code: 200, body: "2" });
      assertElapsed(since, i * PING_INTERVAL);
      const pong = await session.post("3");
      assert.deepEqual([pong.status, pong.body], [200, "ok"]);
    }
  });
});

test("the server pings each pingInterval over a WebSocket", async (t) => {
  await inTime(async () => {
    const since = performance.now();
    const frames = await connect(t, { answersPings: false });
    for (let i = 1; i <= 3; i++) {
      assert.equal(await frames.next(), "2");
      assertElapsed(since, i * PING_INTERVAL);
      frames.send("3");
    }
  });
});

test("a session over polling that misses a ping is over after pingInterval and pingTimeout", async () => {
  const session = await Polling.open(endpoint);
  await elapse(PING_INTERVAL + PING_TIMEOUT + LATENESS);
  await assertOver(session);
});

test("a poll that got a ping keeps the session no longer than pingTimeout", async () => {
  const session = await Polling.open(endpoint);
  assert.equal((await session.get()).body, "2");
  await elapse(PING_TIMEOUT + LATENESS);
  await assertOver(session);
});

test("a WebSocket that misses a ping is closed after pingInterval and pingTimeout", async (t) => {
  const since = performance.now();
  const frames = await connect(t, { answersPings: false });
  assert.equal(await frames.next(), "2");
  await frames.closed();
  assertElapsed(since, PING_INTERVAL + PING_TIMEOUT);
});

test("a WebSocket that answers its pings stays open", async (t) => {
  const frames = await connect(t);
  await elapse(4 * (PING_INTERVAL + PING_TIMEOUT));
  await assertEchoes(frames);
});

test("a client that posts a close ends its session, and the poll that waits gets a noop", async () => {
  const session = await Polling.open(endpoint);
  const poll = session.get();
  await elapse(50);
  const posted = await session.post("1");
  assert.deepEqual([posted.status, posted.body], [200, "ok"]);
  const { status: code, body } = await poll;
  assert.deepEqual({ code, body }, { code: 200, body: "6" });
  await assertOver(session);
});

test("a close that is posted at the same time as a poll finds the poll", async () => {
  for (let i = 0; i < 20; i++) {
    const session = await Polling.open(endpoint);
    const [polled, posted] = await Promise.all([session.get(), session.post("1")]);
    assert.deepEqual([polled.status, polled.body], [200, "6"]);
    assert.deepEqual([posted.status, posted.body], [200, "ok"]);
    await assertOver(session);
  }
});

test("a client that sends a close over a WebSocket ends its session", async (t) => {
  // Node ignores the close, and ends the session only when it misses its ping.
  const frames = await connect(t, { answersPings: false });
  frames.send("1");
  await frames.closed();
});

test("a WebSocket that is closed ends its session", async (t) => {
  const frames = await connect(t);
  const session = address(endpoint, { transport: "polling", sid: frames.sid });
  assert.equal(JSON.parse((await request(session)).body).code, 3);
  frames.close();
  await frames.closed();
  await elapse(50);
  assert.equal(JSON.parse((await request(session)).body).code, 1);
});

test("of two polls at once the first gets a close, the second 400, and the session is over", async () => {
  const session = await Polling.open(endpoint);
  const first = session.get();
  await elapse(50);
  const { status: code, body } = await session.get();
  assert.deepEqual({ code, body }, { code: 400, body: "" });
  const answered = await first;
  assert.deepEqual([answered.status, answered.body], [200, "1"]);
  await assertOver(session);
});

test("of two POSTs at once the second gets 400, and the session is over", async (t) => {
  const session = await Polling.open(endpoint);
  const { hostname, port, pathname, search } = new URL(session.url);
  const first = net.connect(Number(port), hostname);
  t.after(() => first.destroy());
  first.on("error", () => {});
  first.write(`POST ${pathname}${search} HTTP/1.1\r\nHost: ${hostname}\r\nContent-Length: 100\r\n\r\n4a`);
  await once(first, "ready");
  await elapse(50);
  assert.equal((await session.post("4b")).status, 400);
  await assertOver(session);
});

test("a poll that the client gives up ends the session", async () => {
  const session = await Polling.open(endpoint);
  const giveUp = new AbortController();
  const poll = session.get({ signal: giveUp.signal });
  await elapse(50);
  giveUp.abort();
  await assert.rejects(poll, { name: "AbortError" });
  assert.equal((await session.post("4late")).status, 400);
  await assertOver(session);
});

test("the upgrade answers the poll that waits with a noop, and messages then go over the WebSocket", async (t) => {
  const session = await Polling.open(endpoint);
  const poll = session.get();
  const frames = await probe(t, session);
  const { status: code, body } = await poll;
  assert.deepEqual({ code, body }, { code: 200, body: "6" });
  frames.send("5", "4hello");
  assert.equal(await frames.next(), "4hello");
  frames.send(Buffer.of(1, 2, 3));
  assert.deepEqual(await frames.next(), Buffer.of(1, 2, 3));
});

test("an upgrade need not wait for the probe's answer", async (t) => {
  for (let i = 0; i < 20; i++) {
    const session = await Polling.open(endpoint);
    const frames = await second(t, session);
    frames.send("2probe", "5");
    assert.equal(await status(session), 400);
    assert.equal(await frames.next(), "3probe");
    await assertEchoes(frames);
  }
});

test("polls are answered with a noop while a probe goes on", async (t) => {
  const session = await Polling.open(endpoint);
  const frames = await probe(t, session);
  assert.equal((await session.get()).body, "6");
  assert.equal((await session.get()).body, "6");
  frames.send("5");
  await assertEchoes(frames);
});

test("a session that was upgraded refuses HTTP, without harm", async (t) => {
  const session = await Polling.open(endpoint);
  const frames = await probe(t, session);
  frames.send("5");
  await assertEchoes(frames);
  for (const answer of [await session.get(), await session.post("4hello")]) {
    assert.equal(answer.status, 400);
    assert.deepEqual(JSON.parse(answer.body), { code: 3, message: "Bad request" });
  }
  await assertEchoes(frames);
});

test("a poll that is sent right behind the upgrade is refused", async (t) => {
  for (let i = 0; i < 20; i++) {
    const session = await Polling.open(endpoint);
    const frames = await probe(t, session);
    frames.send("5");
    assert.equal(await status(session), 400);
    await assertEchoes(frames);
  }
});

test("a second WebSocket of an upgraded session is closed, without harm", async (t) => {
  const session = await Polling.open(endpoint);
  const frames = await probe(t, session);
  frames.send("5");
  await assertEchoes(frames);
  await (await second(t, session)).closed();
  await assertEchoes(frames);
});

test("a second WebSocket of a session that began with one is closed, without harm", async (t) => {
  const frames = await connect(t);
  const thief = await second(t, frames, { answersPings: false });
  thief.send("2probe");
  // Node lets this probe begin, and closes it when it goes on.
  const got = await Promise.race([thief.gone, thief.next()]);
  if (got === "3probe") {
    thief.close();
  }
  await thief.closed();
  await assertEchoes(frames);
});

test("a second probe is closed, without harm to the first", async (t) => {
  const session = await Polling.open(endpoint);
  const frames = await probe(t, session);
  await (await second(t, session)).closed();
  frames.send("5");
  await assertEchoes(frames);
});

test("a probe that is not followed by an upgrade leaves the session to polling", async (t) => {
  const session = await Polling.open(endpoint);
  const frames = await probe(t, session);
  frames.close();
  await frames.closed();
  await session.send("4hello");
  assert.equal(await nextMessage(session), "4hello");
});

test("a WebSocket that sends anything but a probe is closed and leaves the session to polling", async (t) => {
  for (const message of ["4hello", "2", "2other", "3probe", "abc"]) {
    const session = await Polling.open(endpoint);
    const frames = await second(t, session);
    frames.send(message);
    await frames.closed();
    await session.send("4polling");
    assert.equal(await nextMessage(session), "4polling", message);
  }
});

test("messages go over polling until the upgrade, and none is lost or overtaken", async (t) => {
  const session = await Polling.open(endpoint);
  await session.send("4one");
  const frames = await probe(t, session);
  await session.send("4two", "bAQID");
  assert.equal(await nextMessage(session), "4one");
  assert.equal(await nextMessage(session), "4two");
  assert.equal(await nextMessage(session), "bAQID");
  await session.send("4three", "bBAUG");
  frames.send("5", "4four");
  assert.equal(await frames.next(), "4three");
  assert.deepEqual(await frames.next(), Buffer.of(4, 5, 6));
  assert.equal(await frames.next(), "4four");
});

test("heartbeats go on over the WebSocket after an upgrade", async (t) => {
  await inTime(async () => {
    const session = await Polling.open(endpoint);
    const frames = await probe(t, session, { answersPings: false });
    frames.send("5");
    for (let i = 0; i < 2; i++) {
      assert.equal(await frames.next(), "2");
      frames.send("3");
    }
    assert.equal(await frames.next(), "2");
    await frames.closed();
    assert.equal(await status(session), 400);
  });
});

test("a client that vanishes in the midst of an upgrade is forgotten", async (t) => {
  const session = await Polling.open(endpoint);
  const frames = await probe(t, session);
  frames.drop();
  await within(elapse(PING_INTERVAL + PING_TIMEOUT + 100), "the ping's deadline");
  await assertOver(session);
});

/** The next message over polling; a noop of an upgrade in between is passed over. */
async function nextMessage(session) {
  for (;;) {
    const packet = await session.next();
    if (packet !== "6") {
      return packet;
    }
  }
}
