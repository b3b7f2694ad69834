// Engine.IO 4 as bytes: handshakes, messages, heartbeats and ends of sessions.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { serve } from "./server.mjs";
import { address, Frames, Polling, request, SEPARATOR } from "./wire.mjs";

const KEYS = ["maxPayload", "pingInterval", "pingTimeout", "sid", "upgrades"];

let server;
let endpoint;
before(async () => {
  server = await serve("protocol");
  endpoint = `${server.url}engine.io/`;
});
after(() => server.stop());

const polling = (parameters = {}) => address(endpoint, { transport: "polling", ...parameters });
const websocket = (parameters = {}) => address(endpoint, { transport: "websocket", ...parameters });

async function refusal(url, options) {
  const { status, headers, body } = await request(url, options);
  assert.match(headers["content-type"], /^application\/json/);
  return { status, ...JSON.parse(body) };
}

/** A WebSocket that is open and has had its handshake. */
async function connect(t, options) {
  const frames = await Frames.open(websocket(), options);
  t.after(() => frames.drop());
  frames.handshake = JSON.parse((await frames.next()).slice(1));
  return frames;
}

async function assertOver(session) {
  assert.deepEqual(await refusal(session.url), { status: 400, code: 1, message: "Session ID unknown" });
}

const elapse = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

test("a GET opens a session", async () => {
  const { status, headers, body } = await request(polling());
  assert.equal(status, 200);
  assert.match(headers["content-type"], /^text\/plain; ?charset=utf-8$/i);
  assert.equal(headers["cache-control"], "no-store");
  assert.equal(Number(headers["content-length"]), body.length);
  assert.equal(body[0], "0");
  const { sid, ...rest } = JSON.parse(body.slice(1));
  assert.match(sid, /^[\w-]{20}$/);
  assert.deepEqual(rest, { upgrades: ["websocket"], pingInterval: 300, pingTimeout: 200, maxPayload: 1_000_000 });
});

test("a WebSocket opens a session that has nothing to upgrade to", async (t) => {
  const { handshake } = await connect(t);
  assert.deepEqual(Object.keys(handshake).sort(), KEYS);
  assert.match(handshake.sid, /^[\w-]{20}$/);
  assert.deepEqual(handshake.upgrades, []);
  assert.deepEqual([handshake.pingInterval, handshake.pingTimeout, handshake.maxPayload], [300, 200, 1_000_000]);
});

test("no two sessions have one id", async () => {
  const sessions = await Promise.all(Array.from({ length: 20 }, () => Polling.open(endpoint)));
  assert.equal(new Set(sessions.map(({ sid }) => sid)).size, 20);
});

test("a path without the last slash is not the engine's", async () => {
  const { status } = await request(polling().replace("engine.io/", "engine.io"));
  assert.equal(status, 404);
});

test("a version that is not 4 is refused", async () => {
  for (const EIO of [undefined, "", "3", "5", "abc"]) {
    assert.deepEqual(await refusal(polling({ EIO })), { status: 400, code: 5, message: "Unsupported protocol version" }, EIO);
  }
});

test("a transport that is not known is refused, before the version is looked at", async () => {
  for (const parameters of [{}, { transport: "" }, { transport: "abc" }, { transport: "toString" }, { EIO: "abc" }]) {
    const expected = { status: 400, code: 0, message: "Transport unknown" };
    assert.deepEqual(await refusal(address(endpoint, parameters)), expected, JSON.stringify(parameters));
  }
});

test("transport=websocket without an upgrade is refused", async () => {
  assert.deepEqual(await refusal(websocket()), { status: 400, code: 3, message: "Bad request" });
});

test("a WebSocket with a wrong version, transport or session id does not open a session", async () => {
  const wrong = [
    websocket({ EIO: undefined }),
    websocket({ EIO: "abc" }),
    address(endpoint, {}),
    address(endpoint, { transport: "abc" }),
    websocket({ sid: "unknown" }),
  ];
  for (const url of wrong) {
    const frames = new Frames(url);
    const answer = await Promise.race([frames.refused, frames.next().catch(() => "closed")]);
    // Node answers a wrong version with 101 and then with HTTP in the midst of the frames.
    assert.ok(answer === 400 || answer === "closed", `${url}: ${answer}`);
  }
});

test("nothing but a GET opens a session", async () => {
  for (const method of ["POST", "PUT", "DELETE"]) {
    const options = { method, body: "4hello" };
    assert.deepEqual(await refusal(polling(), options), { status: 400, code: 2, message: "Bad handshake method" }, method);
  }
});

test("a session id that is not known is refused", async () => {
  for (const method of ["GET", "POST"]) {
    const options = { method, body: method === "POST" ? "4hello" : undefined };
    const expected = { status: 400, code: 1, message: "Session ID unknown" };
    assert.deepEqual(await refusal(polling({ sid: "unknown" }), options), expected, method);
  }
});

test("any origin may read the answers", async () => {
  const headers = { origin: "http://example.com" };
  const opened = await request(polling(), { headers });
  assert.equal(opened.headers["access-control-allow-origin"], "*");
  const refused = await request(polling({ sid: "unknown" }), { headers });
  assert.equal(refused.headers["access-control-allow-origin"], "*");
});

test("a preflight is answered with 204", async () => {
  const headers = { origin: "http://example.com", "access-control-request-method": "POST", "access-control-request-headers": "x-one" };
  const answer = await request(polling(), { method: "OPTIONS", headers });
  assert.equal(answer.status, 204);
  assert.equal(answer.headers["access-control-allow-origin"], "*");
  assert.match(answer.headers["access-control-allow-methods"], /POST/);
  assert.equal(answer.headers["access-control-allow-headers"], "x-one");
});

test("a PUT with a session id is refused", async () => {
  const session = await Polling.open(endpoint);
  const { status } = await session.get({ method: "PUT", body: "4hello" });
  // Node answers 500.
  assert.ok([400, 500].includes(status), String(status));
});

test("a POST is answered with ok", async () => {
  const session = await Polling.open(endpoint);
  const { status, headers, body } = await session.post("4hello");
  assert.deepEqual({ status, body, type: headers["content-type"] }, { status: 200, body: "ok", type: "text/html" });
});

test("text goes both ways over polling", async () => {
  const session = await Polling.open(endpoint);
  for (const text of ["hello", "", "4", "b", "€ 😀 \u2028", '{"a":"\\"\\n"}', "x".repeat(100_000)]) {
    await session.send(`4${text}`);
    assert.equal(await session.next(), `4${text}`);
  }
});

test("text goes both ways over a WebSocket", async (t) => {
  const frames = await connect(t);
  for (const text of ["hello", "", "4", "b", "€ 😀 \u2028", "a\x1eb", "x".repeat(100_000)]) {
    frames.send(`4${text}`);
    assert.equal(await frames.next(), `4${text}`);
  }
});

test("bytes go both ways over polling, as base64 without a packet type", async () => {
  const session = await Polling.open(endpoint);
  for (const bytes of [Buffer.of(1, 2, 3, 4), Buffer.of(4), Buffer.of(), Buffer.of(0, 255, 30), Buffer.alloc(10_000, 7)]) {
    const packet = `b${bytes.toString("base64")}`;
    await session.send(packet);
    assert.equal(await session.next(), packet);
  }
});

test("bytes go both ways over a WebSocket, as they are", async (t) => {
  const frames = await connect(t);
  for (const bytes of [Buffer.of(1, 2, 3, 4), Buffer.of(4), Buffer.of(), Buffer.of(0, 255, 30), Buffer.alloc(100_000, 7)]) {
    frames.send(bytes);
    assert.deepEqual(await frames.next(), bytes);
  }
});

test("a body of several packets is several messages in their order", async () => {
  const session = await Polling.open(endpoint);
  const packets = ["4one", "bAQID", "4", "4€", "bBA==", "4last"];
  await session.send(...packets);
  for (const packet of packets) {
    assert.equal(await session.next(), packet);
  }
});

test("a poll that waits is answered by the next message", async () => {
  const session = await Polling.open(endpoint);
  const poll = session.get();
  await elapse(50);
  await session.send("4hello");
  const { status, body } = await poll;
  assert.deepEqual({ status, body }, { status: 200, body: "4hello" });
});

test("what waits is answered in one body", async () => {
  const session = await Polling.open(endpoint);
  await session.send("4one", "bAQID");
  await session.send("4two");
  const { headers, body } = await session.get();
  assert.match(headers["content-type"], /^text\/plain; ?charset=utf-8$/i);
  assert.equal(body, ["4one", "bAQID", "4two"].join(SEPARATOR));
});

test("a body of maxPayload bytes is taken, and one more is answered with 413 and does no harm", async () => {
  const session = await Polling.open(endpoint);
  const { status, body } = await session.post(`4${"x".repeat(1_000_000)}`);
  assert.deepEqual({ status, body }, { status: 413, body: "" });
  await session.send(`4${"x".repeat(999_999)}`);
  assert.equal((await session.next()).length, 1_000_000);
});

test("a message of maxPayload bytes is taken over a WebSocket, and one more closes with 1009", async (t) => {
  const frames = await connect(t);
  frames.send(`4${"x".repeat(999_999)}`);
  assert.equal((await frames.next()).length, 1_000_000);
  frames.send(`4${"x".repeat(1_000_000)}`);
  assert.deepEqual(await frames.closed(), { code: 1009, reason: "" });
});

test("an invalid packet ends the session over polling", async () => {
  for (const body of ["abc", "7", "x4", "2", "4a\x1eabc"]) {
    const session = await Polling.open(endpoint);
    const { status } = await session.post(body);
    assert.ok([200, 400].includes(status), `${body}: ${status}`);
    await assertOver(session);
  }
});

test("an invalid packet ends the session over a WebSocket", async (t) => {
  for (const message of ["abc", "7", "x4", "", "2"]) {
    const frames = await connect(t);
    frames.send(message);
    const { code } = await frames.closed();
    assert.ok([1000, 1002, 1005].includes(code), `${message}: ${code}`);
  }
});

test("a POST of octets ends the session", async () => {
  const session = await Polling.open(endpoint);
  const { status } = await session.post(Buffer.of(1, 2, 3), { "content-type": "application/octet-stream" });
  assert.equal(status, 400);
  await assertOver(session);
});

test("a session of one transport refuses the other without harm", async (t) => {
  const frames = await connect(t);
  const url = polling({ sid: frames.handshake.sid });
  assert.deepEqual(await refusal(url), { status: 400, code: 3, message: "Bad request" });
  frames.send("4hello");
  assert.equal(await frames.next(), "4hello");
});
