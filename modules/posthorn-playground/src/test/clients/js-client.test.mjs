// The official JavaScript client connects: namespaces, handshakes, refusals, ends and new beginnings.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { ask, begin, CASES, connect, happens, upgraded } from "./js-client.mjs";
import { serve } from "./server.mjs";
import { within } from "./wire.mjs";

let server;
before(async () => {
  server = await serve("js-client");
});
after(() => server.stop());

for (const kind of CASES) {
  describe(kind.name, () => {
    test("it connects over the transport that it wants", async (t) => {
      const socket = await connect(t, kind, server.url);
      assert.ok(socket.connected);
      assert.equal(socket.io.engine.transport.name, kind.way === "polling" ? "polling" : "websocket");
    });

    test("its id is not the engine's", async (t) => {
      const socket = await connect(t, kind, server.url);
      assert.match(socket.id, /^[\w-]{20}$/);
      assert.notEqual(socket.id, socket.io.engine.id);
    });

    test("the server knows it by its id", async (t) => {
      for (const namespace of ["", "foo"]) {
        const socket = await connect(t, kind, `${server.url}${namespace}`);
        assert.equal(await ask(socket, "getId"), socket.id);
      }
    });

    test("namespaces without handlers connect", async (t) => {
      for (const namespace of ["timeout_socket", "valid", "asd"]) {
        assert.ok((await connect(t, kind, `${server.url}${namespace}`)).connected);
      }
    });

    test("namespaces share an engine, and each has its socket", async (t) => {
      const main = await connect(t, kind, server.url);
      const foo = main.io.socket("/foo");
      t.after(() => foo.disconnect());
      await happens(foo, "connect");
      assert.notEqual(foo.id, main.id);
      assert.equal(await ask(foo, "getId"), foo.id);
      assert.equal(await ask(main, "getId"), main.id);
      foo.disconnect();
      assert.equal(await ask(main, "echo", "still here"), "still here");
    });

    test("the handshake has the query, decoded, and the headers", async (t) => {
      const query = { a: "b c", "d&=": "é€😀+%20", empty: "" };
      const socket = begin(t, kind, `${server.url}abc`, { query, extraHeaders: { "X-One": "two" } });
      const [handshake] = await happens(socket, "handshake");
      for (const [name, value] of Object.entries(query)) {
        assert.equal(handshake.query[name], value);
      }
      assert.equal(handshake.query.EIO, "4");
      assert.equal(handshake.headers["x-one"], "two");
      assert.deepEqual(handshake.auth, {});
    });

    test("a query in the address reaches the handshake", async (t) => {
      const socket = begin(t, kind, `${server.url}abc?b=c&d=e%20f`);
      const [{ query }] = await happens(socket, "handshake");
      assert.deepEqual([query.b, query.d], ["c", "e f"]);
    });

    test("the handshake has the auth, which is not mixed into the query", async (t) => {
      const auth = { token: "a?b=c,d", deep: [1, { two: null }] };
      const socket = begin(t, kind, `${server.url}abc`, { auth, query: { a: "b" } });
      const [handshake] = await happens(socket, "handshake");
      assert.deepEqual(handshake.auth, auth);
      assert.deepEqual([handshake.query.a, handshake.query.token], ["b", undefined]);
    });

    test("the auth may be made when it connects", async (t) => {
      const socket = await connect(t, kind, server.url, { auth: (done) => setTimeout(done, 5, { token: "made" }) });
      assert.deepEqual((await ask(socket, "getHandshake")).auth, { token: "made" });
    });

    test("the handshake says how the connection was made", async (t) => {
      const socket = await connect(t, kind, server.url);
      const { headers, query, url, address, secure, xdomain, issued, time } = await ask(socket, "getHandshake");
      assert.equal(headers.host, new URL(server.url).host);
      assert.equal(query.transport, kind.way === "WebSocket" ? "websocket" : "polling");
      assert.ok(url.startsWith("/socket.io/?"), url);
      assert.match(address, /127\.0\.0\.1$/);
      assert.deepEqual({ secure, xdomain }, { secure: false, xdomain: false });
      assert.ok(Math.abs(Date.now() - issued) < 60_000, String(issued));
      assert.ok(Math.abs(Date.parse(time) - issued) < 2_000, time);
    });

    test("a custom namespace refuses", async (t) => {
      const [error] = await happens(begin(t, kind, `${server.url}no`), "connect_error");
      assert.ok(error instanceof Error);
      assert.equal(error.message, "Auth failed (custom namespace)");
    });

    test("the main namespace refuses", async (t) => {
      const socket = begin(t, kind, server.url, { query: { fail: true } });
      const [error] = await happens(socket, "connect_error");
      assert.equal(error.message, "Auth failed (main namespace)");
      assert.equal(socket.connected, false);
    });

    test("a refusal by one namespace does not end the others", async (t) => {
      const main = await connect(t, kind, server.url);
      const no = main.io.socket("/no");
      t.after(() => no.disconnect());
      await happens(no, "connect_error");
      assert.equal(await ask(main, "echo", 1), 1);
    });

    test("a namespace that does not exist refuses", async (t) => {
      const [error] = await happens(begin(t, kind, `${server.url}unknown`), "connect_error");
      assert.equal(error.message, "Invalid namespace");
    });

    test("it disconnects and connects again", async (t) => {
      const socket = await connect(t, kind, server.url);
      const gone = happens(socket, "disconnect");
      socket.disconnect();
      assert.equal((await gone)[0], "io client disconnect");
      const back = happens(socket, "connect");
      socket.connect();
      await back;
      assert.equal(await ask(socket, "getId"), socket.id);
    });

    test("it comes back by itself when its transport breaks", async (t) => {
      const socket = await connect(t, kind, server.url);
      const gone = happens(socket, "disconnect");
      const back = happens(socket, "connect");
      socket.io.engine.close();
      await gone;
      await back;
      assert.equal(await ask(socket, "echo", "back"), "back");
    });
  });
}

test("a session over polling loses nothing and keeps the order while it changes to WebSocket", async (t) => {
  for (const kind of CASES.filter(({ way }) => way === "upgrade")) {
    const socket = begin(t, kind, server.url);
    await happens(socket, "connect");
    const numbers = Array.from({ length: 200 }, (_, i) => i);
    const got = [];
    const all = numbers.map(async (i) => got.push(await ask(socket, "echo", i)));
    await upgraded(socket);
    await Promise.all(all);
    assert.deepEqual(got, numbers, kind.name);
  }
});

test("it stays connected as long as it answers pings", async (t) => {
  const sockets = await Promise.all(CASES.map((kind) => connect(t, kind, server.url)));
  const pinged = (engine) =>
    new Promise((resolve) => {
      let left = 2;
      engine.on("packet", ({ type }) => type === "ping" && --left === 0 && resolve());
    });
  await within(Promise.all(sockets.map((socket) => pinged(socket.io.engine))), "two pings");
  for (const socket of sockets) {
    assert.equal(await ask(socket, "echo", "here"), "here");
  }
});
