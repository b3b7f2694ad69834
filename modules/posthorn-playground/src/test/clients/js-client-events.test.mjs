// The official JavaScript client talks: events and acks both ways, with text, dates and bytes.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { ask, CASES, connect, happens } from "./js-client.mjs";
import { serve } from "./server.mjs";

const ISO = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const BYTES = Buffer.of(0, 1, 4, 30, 255);

let server;
before(async () => {
  server = await serve("js-client");
});
after(() => server.stop());

/** Emits an event; resolves to the arguments of the answer. */
function exchange(socket, answer, ...args) {
  const answered = happens(socket, answer);
  socket.emit(...args);
  return answered;
}

const bytesOf = (value) => Buffer.from(value);

for (const kind of CASES) {
  describe(kind.name, () => {
    test("an event gets an answer", async (t) => {
      const socket = await connect(t, kind, server.url);
      await exchange(socket, "hi", "hi");
    });

    test("an ack has the argument again", async (t) => {
      const socket = await connect(t, kind, server.url);
      const values = ["text", "", "€😀\u2028\"\\", 0, -1.5, 1e300, true, false, null, [], {}, [[1], { a: { b: [null] } }], "x".repeat(200_000)];
      for (const value of values) {
        assert.deepEqual(await ask(socket, "echo", value), value);
      }
    });

    test("acks wanted at once come in their order", async (t) => {
      const socket = await connect(t, kind, server.url);
      const numbers = Array.from({ length: 100 }, (_, i) => i);
      assert.deepEqual(await Promise.all(numbers.map((i) => ask(socket, "echo", i))), numbers);
    });

    test("a date comes as its ISO text", async (t) => {
      const socket = await connect(t, kind, server.url);
      assert.match(await ask(socket, "getAckDate", { test: true }), ISO);
      assert.match((await exchange(socket, "takeDate", "getDate"))[0], ISO);
      assert.match((await exchange(socket, "takeDateObj", "getDateObj"))[0].date, ISO);
    });

    test("false is false", async (t) => {
      const socket = await connect(t, kind, server.url);
      assert.equal((await exchange(socket, "false", "false"))[0], false);
    });

    test("the server gets the ack that it asks for", async (t) => {
      const socket = await connect(t, kind, server.url);
      socket.on("ack", (done) => done(5, { test: true }));
      await exchange(socket, "got it", "ack");
    });

    test("text of many scripts comes in its order", async (t) => {
      const socket = await connect(t, kind, server.url);
      const texts = [];
      const fifth = new Promise((resolve) => socket.on("takeUtf8", (text) => texts.push(text) === 5 && resolve()));
      socket.emit("getUtf8");
      await fifth;
      assert.deepEqual(texts, ["てすと", "Я Б Г Д Ж Й", "Ä ä Ü ü ß", "utf8 — string", "utf8 — string"]);
    });

    test("an event that nobody handles is never acked", async (t) => {
      const socket = await connect(t, kind, server.url);
      let acked = false;
      socket.emit("nobody handles this", () => (acked = true));
      await ask(socket, "echo", 1);
      assert.equal(acked, false);
    });

    test("bytes come from the server", async (t) => {
      const socket = await connect(t, kind, server.url);
      for (const [answer, event] of [["doge", "doge"], ["takebin", "getbin"]]) {
        assert.equal(bytesOf((await exchange(socket, answer, event))[0]).toString(), "asdfasdf");
      }
    });

    test("bytes go to the server and back", async (t) => {
      const socket = await connect(t, kind, server.url);
      for (const bytes of [BYTES, Buffer.of(), Buffer.of(4), Buffer.alloc(200_000, 7)]) {
        assert.deepEqual(bytesOf(await ask(socket, "echo", bytes)), bytes);
      }
    });

    test("bytes of each kind are bytes for the server", async (t) => {
      const socket = await connect(t, kind, server.url);
      const array = Uint8Array.from(BYTES);
      for (const bytes of [BYTES, array, array.buffer, new Uint16Array([1, 2])]) {
        await exchange(socket, "buffack", "buffa", bytes);
        await exchange(socket, "back", "blob", bytes);
      }
    });

    test("bytes may lie within an object", async (t) => {
      const socket = await connect(t, kind, server.url);
      const message = { hello: "lol", message: BYTES, goodbye: "gotcha" };
      await exchange(socket, "jsonbuff-ack", "jsonbuff", message);
      await exchange(socket, "jsonblob-ack", "jsonblob", message);
    });

    test("bytes and text keep their order", async (t) => {
      const socket = await connect(t, kind, server.url);
      socket.emit("abuff1", BYTES);
      await exchange(socket, "abuff2-ack", "abuff2", "please arrive second");
      socket.emit("blob1", BYTES);
      socket.emit("blob2", "second");
      await exchange(socket, "blob3-ack", "blob3", BYTES);
    });

    test("an ack may have bytes, at any depth", async (t) => {
      const socket = await connect(t, kind, server.url);
      assert.deepEqual(bytesOf(await ask(socket, "echo", BYTES)), BYTES);
      const { list, ten } = await ask(socket, "echo", { list: [1, { bytes: BYTES }], ten: Array(9).fill(Buffer.of(9)) });
      assert.deepEqual([list[0], bytesOf(list[1].bytes)], [1, BYTES]);
      assert.deepEqual(ten.map(bytesOf), Array(9).fill(Buffer.of(9)));
    });
  });
}

describe("client 4 only", () => {
  const kinds = CASES.filter(({ name }) => name.startsWith("client 4"));

  test("emitWithAck resolves to the ack", async (t) => {
    for (const kind of kinds) {
      const socket = await connect(t, kind, server.url);
      assert.equal(await socket.timeout(5_000).emitWithAck("echo", kind.name), kind.name);
    }
  });

  test("a timeout is an error where nobody acks", async (t) => {
    for (const kind of kinds) {
      const socket = await connect(t, kind, server.url);
      await assert.rejects(socket.timeout(50).emitWithAck("nobody handles this"), /timed out/);
      assert.equal(await ask(socket, "echo", 1), 1);
    }
  });

  test("events may be tried again until they are acked", async (t) => {
    for (const kind of kinds) {
      const socket = await connect(t, kind, server.url, { retries: 3, ackTimeout: 5_000 });
      assert.deepEqual(await Promise.all([1, 2, 3].map((i) => socket.emitWithAck("echo", i))), [1, 2, 3]);
    }
  });
});
