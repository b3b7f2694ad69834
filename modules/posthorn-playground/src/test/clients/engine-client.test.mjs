// The official Engine.IO client talks to the server: over XMLHttpRequest, fetch and WebSocket, and through the upgrade.
import assert from "node:assert/strict";
import { Fetch, NodeWebSocket, NodeXHR, Socket } from "engine.io-client";
import { after, before, describe, test } from "node:test";
import { serve } from "./server.mjs";
import { address, Frames, request, within } from "./wire.mjs";

const WAYS = {
  XMLHttpRequest: [NodeXHR],
  fetch: [Fetch],
  WebSocket: [NodeWebSocket],
  "XMLHttpRequest, then WebSocket": [NodeXHR, NodeWebSocket],
  "fetch, then WebSocket": [Fetch, NodeWebSocket],
};

let server;
before(async () => {
  server = await serve("engine-client");
});
after(() => server.stop());

/** What a socket got, in its order. */
class Inbox {
  #messages = [];
  #wake = () => {};

  constructor(socket) {
    socket.on("message", (message) => {
      this.#messages.push(message);
      this.#wake();
    });
  }

  async next() {
    while (this.#messages.length === 0) {
      await within(new Promise((resolve) => (this.#wake = resolve)), "a message");
    }
    return this.#messages.shift();
  }
}

function happens(socket, event) {
  return within(new Promise((resolve) => socket.once(event, (...args) => resolve(args))), `the event ${event}`);
}

function begin(t, transports, options = {}) {
  const socket = new Socket(server.url, { transports, ...options });
  t.after(() => socket.close());
  socket.inbox = new Inbox(socket);
  return socket;
}

/** A socket that is open, was greeted, and has changed to WebSocket if it may. */
async function connect(t, transports, options) {
  const socket = begin(t, transports, options);
  const changed = transports.length > 1 ? happens(socket, "upgrade") : undefined;
  assert.equal(await socket.inbox.next(), "hi");
  await changed;
  return socket;
}

async function assertEchoes(socket, message) {
  socket.send(message);
  assert.deepEqual(await socket.inbox.next(), message);
}

for (const [name, transports] of Object.entries(WAYS)) {
  const usesPollingOnly = !transports.includes(NodeWebSocket);

  describe(name, () => {
    test("it opens and is greeted", async (t) => {
      const socket = await connect(t, transports);
      assert.equal(socket.readyState, "open");
      assert.equal(socket.transport.name, usesPollingOnly ? "polling" : "websocket");
      assert.match(socket.id, /^[\w-]{20}$/);
    });

    test("text comes back", async (t) => {
      const socket = await connect(t, transports);
      for (const text of ["hello", "4", "€😀", "\u2028\\\"\n", "x".repeat(99)]) {
        await assertEchoes(socket, text);
      }
    });

    test("text of the server is UTF-8", async (t) => {
      const socket = await connect(t, transports);
      socket.send("give utf8");
      assert.equal(await socket.inbox.next(), "пойду спать всем спокойной ночи");
    });

    test("bytes come from the server", async (t) => {
      const socket = await connect(t, transports);
      socket.send("give binary");
      assert.deepEqual(Buffer.from(await socket.inbox.next()), Buffer.of(0, 1, 2, 3, 4));
    });

    test("bytes come as an ArrayBuffer where one is wanted", async (t) => {
      const socket = await connect(t, transports);
      socket.binaryType = "arraybuffer";
      socket.send("give binary");
      const bytes = await socket.inbox.next();
      assert.ok(bytes instanceof ArrayBuffer);
      assert.deepEqual(new Uint8Array(bytes), Uint8Array.of(0, 1, 2, 3, 4));
    });

    test("bytes come back", async (t) => {
      const socket = await connect(t, transports);
      for (const bytes of [Buffer.of(1, 2, 3), Buffer.of(4), Buffer.from(Array.from({ length: 60 }, (_, i) => i * 4))]) {
        await assertEchoes(socket, bytes);
      }
      socket.send(Int8Array.of(0, 1, 2));
      assert.deepEqual(Buffer.from(await socket.inbox.next()), Buffer.of(0, 1, 2));
    });

    test("messages keep their order, in bodies that the server takes", async (t) => {
      const socket = await connect(t, transports);
      const messages = Array.from({ length: 40 }, (_, i) => `${i}`.padEnd(30, "."));
      messages.forEach((message) => socket.send(message));
      for (const message of messages) {
        assert.deepEqual(await socket.inbox.next(), message);
      }
    });

    test("bodies of exactly maxPayload are taken", async (t) => {
      const socket = await connect(t, transports);
      // A type for each, a separator between two: 99 + 1, then 30 + 30 + 35 + 3 + 2, then 33 times three bytes + 1.
      const messages = ["a".repeat(99), "b".repeat(30), "c".repeat(30), "d".repeat(35), "€".repeat(33), "e".repeat(99)];
      messages.forEach((message) => socket.send(message));
      for (const message of messages) {
        assert.equal(await socket.inbox.next(), message);
      }
    });

    test("messages sent at once, before it is open, come back", async (t) => {
      const socket = begin(t, transports);
      const messages = Array.from({ length: 20 }, (_, i) => `message ${i}`);
      messages.forEach((message) => socket.send(message));
      assert.equal(await socket.inbox.next(), "hi");
      for (const message of messages) {
        assert.equal(await socket.inbox.next(), message);
      }
    });

    test("it stays open as long as it answers pings", async (t) => {
      const socket = await connect(t, transports);
      let left = 3;
      await within(new Promise((resolve) => socket.on("ping", () => --left === 0 && resolve())), "three pings");
      await assertEchoes(socket, "still here");
    });

    test("it closes", async (t) => {
      const socket = await connect(t, transports);
      const closed = happens(socket, "close");
      socket.close();
      assert.equal((await closed)[0], "forced close");
    });

    test("a message over maxPayload ends it", async (t) => {
      const socket = await connect(t, transports);
      const closed = happens(socket, "close");
      socket.send("x".repeat(101));
      const [reason, details] = await closed;
      if (usesPollingOnly) {
        assert.equal(reason, "transport error");
        assert.equal(details.description, 413);
      } else {
        assert.equal(reason, "transport close");
        assert.deepEqual([details.context.code, details.context.reason], [1009, ""]);
      }
    });

    test("it is told that it was refused", async (t) => {
      const socket = begin(t, transports, { query: { deny: 1 } });
      const [error] = await happens(socket, "error");
      assert.equal(error.type, "TransportError");
      if (transports[0] !== NodeWebSocket) {
        assert.equal(error.description, 403);
      }
    });

    test("a query and headers of its own do not hinder it", async (t) => {
      const socket = await connect(t, transports, { query: { a: "b c" }, extraHeaders: { "X-Custom-Header": "my-secret-access-token" } });
      await assertEchoes(socket, "hello");
    });
  });
}

for (const name of ["XMLHttpRequest, then WebSocket", "fetch, then WebSocket"]) {
  describe(`an end in the midst of an upgrade: ${name}`, () => {
    test("it waits for the upgrade, and sends what was sent before", async (t) => {
      const socket = begin(t, WAYS[name]);
      let hasUpgraded = false;
      socket.on("upgrade", () => (hasUpgraded = true));
      await happens(socket, "upgrading");
      socket.send("before the end");
      const closed = happens(socket, "close");
      socket.close();
      await closed;
      assert.ok(hasUpgraded);
      assert.equal(socket.writeBuffer.length, 0);
    });
  });
}

for (const name of ["XMLHttpRequest", "fetch"]) {
  describe(`headers over ${name}`, () => {
    async function headersOf(t, options) {
      const socket = await connect(t, WAYS[name], options);
      socket.send("sendHeaders");
      return JSON.parse(await socket.inbox.next());
    }

    test("the server sees the headers of a POST in lower case", async (t) => {
      const headers = await headersOf(t, { extraHeaders: { "X-Custom-Header": "my-secret-access-token" } });
      assert.equal(headers["x-custom-header"], "my-secret-access-token");
      assert.match(headers["content-type"], /^text\/plain/);
      assert.equal(headers.cookie, undefined);
    });

    test("the cookies that live come back with each request", async (t) => {
      const { cookie } = await headersOf(t, { withCredentials: true });
      // `fetch` joins what was appended with a comma in some versions.
      assert.deepEqual(cookie.split(/[;,] /).sort(), ["1=1", "2=2"]);
    });
  });
}

test("the first answer sets four cookies, and later ones none", async () => {
  const url = address(`${server.url}engine.io/`, { transport: "polling" });
  const { headers, body } = await request(url);
  const cookies = headers["set-cookie"];
  assert.deepEqual(cookies.slice(0, 3), ["1=1; Max-Age=86400", "2=2; Path=/; HttpOnly; Secure; SameSite=Strict", "3=3; Max-Age=0"]);
  assert.equal(cookies.length, 4);
  assert.match(cookies[3], /^4=4; Expires=\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT$/);
  const { sid } = JSON.parse(body.slice(1).split("\x1e")[0]);
  const next = await request(`${url}&sid=${sid}`);
  assert.equal(next.status, 200);
  assert.equal(next.headers["set-cookie"], undefined);
});

test("a session id that is not known is refused with these very bytes", async () => {
  const { status, body } = await request(address(`${server.url}engine.io/`, { transport: "polling", sid: "abc" }));
  assert.deepEqual({ status, body }, { status: 400, body: '{"code":1,"message":"Session ID unknown"}' });
});

test("a refusal is 403 over polling, and no WebSocket", async () => {
  const endpoint = `${server.url}engine.io/?deny=1`;
  const { status, body } = await request(address(endpoint, { transport: "polling" }));
  assert.equal(status, 403);
  assert.equal(JSON.parse(body).code, 4);
  const frames = new Frames(address(endpoint, { transport: "websocket" }));
  // Node answers 400 here.
  assert.ok([400, 403].includes(await within(frames.refused, "the refusal")));
});

test("over the limit, a POST is answered with 413 and no body", async () => {
  const url = address(`${server.url}engine.io/`, { transport: "polling" });
  const { sid } = JSON.parse((await request(url)).body.slice(1).split("\x1e")[0]);
  const { status, body } = await request(`${url}&sid=${sid}`, { method: "POST", body: `4${"x".repeat(100)}` });
  assert.deepEqual({ status, body }, { status: 413, body: "" });
});
