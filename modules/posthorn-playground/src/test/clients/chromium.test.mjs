// Browser clients in Chromium, the one that the server itself serves and the first of 3.x: over polling, WebSocket and the
// upgrade, with blobs and all.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { launch } from "../browser/browser.mjs";
import { serve } from "./server.mjs";

const WAYS = { polling: ["polling"], WebSocket: ["websocket"], upgrade: ["polling", "websocket"] };

const CLIENTS = {
  "the served client": () => ({ url: `${server.url}socket.io/socket.io.js` }),
  "client 3.0": () => ({ path: fileURLToPath(import.meta.resolve("socket.io-client-3.0/dist/socket.io.js")) }),
};
const CASES = Object.entries(CLIENTS).flatMap(([name, client]) =>
  Object.entries(WAYS).map(([way, transports]) => ({ name: `${name}, ${way}`, client, transports })),
);

let browser;
let server;
before(async () => {
  [browser, server] = await Promise.all([launch(), serve("js-client")]);
});
after(async () => {
  await browser.close();
  await server.stop();
});

/** A page of the server's origin with a connected `socket`, and with `ask` and `exchange` to talk through it. */
async function connect(t, { client, transports }, namespace = "/") {
  const page = await browser.newPage();
  t.after(() => page.close());
  await page.goto(server.url);
  await page.addScriptTag(client());
  await page.evaluate(
    async ([name, ways]) => {
      window.socket = window.io(name, { transports: ways });
      window.ask = (...args) => new Promise((resolve) => window.socket.emit(...args, resolve));
      window.exchange = (answer, ...args) =>
        new Promise((resolve) => {
          window.socket.once(answer, resolve);
          window.socket.emit(...args);
        });
      await new Promise((resolve, reject) => window.socket.once("connect", resolve).once("connect_error", reject));
      const { engine } = window.socket.io;
      if (ways.length > 1 && engine.transport.name === "polling") {
        await new Promise((resolve) => engine.once("upgrade", resolve));
      }
    },
    [namespace, transports],
  );
  return page;
}

for (const kind of CASES) {
  describe(kind.name, () => {
    test("it connects over the transport that it wants", async (t) => {
      const page = await connect(t, kind);
      assert.equal(await page.evaluate(() => window.socket.io.engine.transport.name), kind.transports.at(-1));
      assert.equal(await page.evaluate(() => window.ask("getId")), await page.evaluate(() => window.socket.id));
    });

    test("an ack has the argument again", async (t) => {
      const page = await connect(t, kind);
      for (const value of ["text", "€😀\u2028", 1.5, null, [{ a: [true] }], "x".repeat(100_000)]) {
        assert.deepEqual(await page.evaluate((one) => window.ask("echo", one), value), value);
      }
    });

    test("a namespace refuses", async (t) => {
      await assert.rejects(connect(t, kind, "/no"), /Auth failed \(custom namespace\)/);
    });

    test("bytes come as an ArrayBuffer", async (t) => {
      const page = await connect(t, kind);
      const text = await page.evaluate(async () => new TextDecoder().decode(await window.exchange("doge", "doge")));
      assert.equal(text, "asdfasdf");
    });

    test("a blob goes to the server, and back as bytes", async (t) => {
      const page = await connect(t, kind);
      const bytes = await page.evaluate(async () => {
        const blob = new Blob([Uint8Array.of(0, 4, 30, 255)]);
        await window.exchange("back", "blob", blob);
        return [...new Uint8Array(await window.ask("echo", blob))];
      });
      assert.deepEqual(bytes, [0, 4, 30, 255]);
    });

    test("a blob may lie within an object", async (t) => {
      const page = await connect(t, kind);
      await page.evaluate(async () => {
        const message = new Blob(["blob"]);
        await window.exchange("jsonblob-ack", "jsonblob", { hello: "lol", message, goodbye: "gotcha" });
        const buffer = new TextEncoder().encode("buffer").buffer;
        await window.exchange("jsonbuff-ack", "jsonbuff", { hello: "lol", message: buffer, goodbye: "gotcha" });
      });
    });

    test("blobs and text keep their order", async (t) => {
      const page = await connect(t, kind);
      await page.evaluate(async () => {
        const blob = new Blob([new Uint8Array(100_000)]);
        window.socket.emit("blob1", blob);
        window.socket.emit("blob2", "second");
        await window.exchange("blob3-ack", "blob3", blob);
      });
    });

    test("the cookies and the query of a page do no harm", async (t) => {
      const page = await connect(t, kind);
      await page.evaluate(() => (document.cookie = "a=b"));
      const handshake = await page.evaluate(async () => {
        const other = window.io("/abc", { forceNew: true, query: { a: "ä&b" }, auth: { token: "c" } });
        return new Promise((resolve) => other.once("handshake", resolve));
      });
      assert.deepEqual([handshake.query.a, handshake.auth], ["ä&b", { token: "c" }]);
      assert.match(handshake.headers.cookie, /a=b/);
    });
  });
}
