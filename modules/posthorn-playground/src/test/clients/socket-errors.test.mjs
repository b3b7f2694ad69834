// What closes a connection of Socket.IO 5: each violation of the protocol, before and after a namespace is joined.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { serve } from "./server.mjs";
import { address, Frames, Polling, request } from "./wire.mjs";

let server;
let endpoint;
before(async () => {
  server = await serve("protocol");
  endpoint = `${server.url}socket.io/`;
});
after(() => server.stop());

const placeholder = (num) => `{"_placeholder":true,"num":${num}}`;

async function open(t) {
  const frames = await Frames.open(address(endpoint, { transport: "websocket" }));
  t.after(() => frames.drop());
  await frames.next();
  return frames;
}

async function joined(t) {
  const frames = await open(t);
  frames.send("40");
  assert.match(await frames.next(), /^40\{"sid"/);
  assert.equal(await frames.next(), '42["auth",{}]');
  return frames;
}

/** Each list of messages closes the connection that it is sent on; `connection` makes one. */
async function assertEachCloses(connection, lists) {
  for (const messages of lists) {
    const frames = await connection();
    frames.send(...messages);
    const got = await frames.next().catch(() => undefined);
    assert.equal(got, undefined, `${messages}: got ${got}`);
    await frames.closed();
  }
}

// Sent as the first message, well before connectTimeout.
test("what is no CONNECT closes a connection that has joined nothing", async (t) => {
  const lists = ['42["message","x"]', "41", "43[]", '44{"message":"x"}', '42/custom,["message"]', '451-["message",{}]'].map((one) => [one]);
  lists.at(-1).push(Buffer.of(1));
  await assertEachCloses(() => open(t), lists);
});

test("an invalid CONNECT closes the connection", async (t) => {
  const lists = ["40null", "40[]", '40"x"', "40{", "401x", "40abc", '40/custom,"x"', "40/custom,[]", '40{"a":1}x'];
  await assertEachCloses(() => open(t), lists.map((one) => [one]));
});

test("an unknown packet type closes the connection", async (t) => {
  const lists = [["4abc"], ["47"], ["48[]"], ["49"], ["4-1"], ['4x["message"]']];
  await assertEachCloses(() => open(t), lists);
  await assertEachCloses(() => joined(t), lists);
});

test("a second CONNECT to a namespace closes the connection", async (t) => {
  await assertEachCloses(() => joined(t), [["40"], ['40{"token":"1"}'], ["40/,"], ["4"]]);
});

test("an event of a namespace that was not joined closes the connection", async (t) => {
  await assertEachCloses(() => joined(t), [['42/custom,["message"]'], ['42/random,["message"]'], ["41/custom,"], ["43/custom,1[]"]]);
});

test("an event that is no list with a name closes the connection", async (t) => {
  const payloads = ["{}", "[]", '"message"', "null", "true", "[null]", "[{}]", '[["message"]]', "[true]", '["message"', '["message"]x', "[1,]", "['a']"];
  await assertEachCloses(() => joined(t), payloads.map((payload) => [`42${payload}`]));
});

test("an event with an ack id that is no number closes the connection", async (t) => {
  await assertEachCloses(() => joined(t), [['42abc["message",1]'], ['421a["message"]'], ['42-1["message"]']]);
});

test("an event with a reserved name closes the connection", async (t) => {
  const names = ["connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener"];
  await assertEachCloses(() => joined(t), names.map((name) => [`42["${name}"]`]));
});

test("an ack that is no list closes the connection", async (t) => {
  await assertEachCloses(() => joined(t), [["431{}"], ['431"x"'], ["431null"], ["431["]]);
});

test("a DISCONNECT with a payload closes the connection", async (t) => {
  await assertEachCloses(() => joined(t), [["41{}"], ['41"x"']]);
});

test("a CONNECT_ERROR from a client closes the connection", async (t) => {
  await assertEachCloses(() => joined(t), [['44{"message":"x"}'], ["441"]]);
});

test("a wrong number of attachments closes the connection", async (t) => {
  const headers = ['45["message"]', '450-["message"]', '4511-["message"]', '451["message"]', '45-["message"]', '451.5-["message"]', '45-1-["message"]', '45x-["message"]', "45", "451"];
  await assertEachCloses(() => joined(t), headers.map((header) => [header]));
});

test("a placeholder without its attachment closes the connection", async (t) => {
  const nums = ["1", "-1", '"0"', "null"];
  const lists = nums.map((num) => [`451-["message",${placeholder(num)}]`, Buffer.of(1)]);
  await assertEachCloses(() => joined(t), lists);
});

test("text where an attachment is awaited closes the connection", async (t) => {
  const header = `452-["message",${placeholder(0)},${placeholder(1)}]`;
  await assertEachCloses(() => joined(t), [[header, Buffer.of(1), '42["message"]'], [header, header]]);
});

test("an attachment that was not announced closes the connection", async (t) => {
  await assertEachCloses(() => open(t), [[Buffer.of(1)]]);
  await assertEachCloses(() => joined(t), [[Buffer.of(1)], [`451-["nobody",${placeholder(0)}]`, Buffer.of(1), Buffer.of(2)]]);
});

test("an event without a payload does no harm", async (t) => {
  // Node takes it for an event without a name; closing is as good.
  for (const packet of ["42", "421", "43", "431"]) {
    const frames = await joined(t);
    frames.send(packet, '42["message","on"]');
    const got = await frames.next().catch(() => "closed");
    assert.ok(["closed", '42["message-back","on"]'].includes(got), `${packet}: ${got}`);
  }
  assert.equal((await joined(t)).isGone, undefined);
});

test("a violation ends a session over polling", async () => {
  for (const packet of ['42["message"]', "4abc", "40null", "bAQ=="]) {
    const session = await Polling.open(endpoint);
    assert.ok([200, 400].includes((await session.post(packet)).status));
    await session.get();
    const { status, body } = await request(session.url);
    assert.deepEqual({ status, ...JSON.parse(body) }, { status: 400, code: 1, message: "Session ID unknown" }, packet);
  }
});
