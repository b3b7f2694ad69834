// ./posthorn as a person meets it: what it prints, how it ends, and what it says when something is wrong.
import assert from "node:assert/strict";
import { once } from "node:events";
import net from "node:net";
import { test } from "node:test";
import { run, start } from "./program.mjs";

const SENTENCE = /^posthorn: [^\n]+\n$/;

test("--version prints the name and the version", async () => {
  const { code, out, err } = await run("./posthorn", ["--version"]);
  assert.match(out, /^Posthorn \d+\.\d+\.\d+\S*\n$/);
  assert.deepEqual({ code, err: err.replace(/^(Building|Preparing).*\n/gm, "") }, { code: 0, err: "" });
});

test("--help lists the options and the exit codes", async () => {
  const { code, out } = await run("./posthorn", ["--help"]);
  assert.equal(code, 0);
  for (const word of ["--port", "--host", "--help", "--version", "conformance", "Exit codes"]) {
    assert.ok(out.includes(word), `${word} in ${out}`);
  }
});

test("a wrong option is told in one sentence", async () => {
  for (const args of [["--prot", "1"], ["--port", "x"], ["--port", "65536"], ["--port", "-1"], ["--port"], ["dance"], ["--io", "x"], ["conformance", "--profile", "x"], ["conformance", "--foo-port", "65536"]]) {
    const { code, err } = await run("./posthorn", args);
    assert.match(err, SENTENCE, args.join(" "));
    assert.equal(code, 2, args.join(" "));
  }
});

test("a port that is taken is told in one sentence", async () => {
  const taken = net.createServer().listen(0, "127.0.0.1");
  await once(taken, "listening");
  const port = String(taken.address().port);

  const { code, out, err } = await run("./posthorn", ["--host", "127.0.0.1", "--port", port]);

  taken.close();
  assert.match(err, SENTENCE);
  assert.ok(err.includes(port), err);
  assert.deepEqual({ code, out }, { code: 1, out: "" });
});

test("a host that is not this machine is told in one sentence", async () => {
  const { code, err } = await run("./posthorn", ["--host", "no-such-host.invalid", "--port", "0"]);
  assert.match(err, SENTENCE);
  assert.equal(code, 1);
});

test("one line says where it listens, and there it answers", async (t) => {
  const server = await start(t);
  const response = await fetch(server.url);
  assert.equal(response.status, 200);
  server.child.kill("SIGTERM");
  assert.equal(await server.ended, 143);
  assert.equal(server.out, `Posthorn is listening on ${server.url}\n`);
  assert.equal(server.err, "");
});

test("Ctrl-C ends it", async (t) => {
  const server = await start(t);
  server.child.kill("SIGINT");
  assert.equal(await server.ended, 130);
  assert.equal(server.err, "");
});

test("SIGTERM closes each WebSocket with 1001 and frees the port", async (t) => {
  const server = await start(t);
  const { port } = new URL(server.url);
  const socket = net.connect(Number(port), "127.0.0.1");
  t.after(() => socket.destroy());
  socket.write(
    "GET /echo HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n" +
      "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
  );
  const [answer] = await once(socket, "data");
  assert.match(answer.toString(), /^HTTP\/1\.1 101 .*s3pPLMBiTxaQ9kYGzzhZRbK\+xOo=/s);

  server.child.kill("SIGTERM");
  const [close] = await once(socket, "data");
  // FIN and opcode 8; then the code 1001, "going away".
  assert.equal(close[0], 0x88);
  assert.equal(close.readUInt16BE(2), 1001);
  // Masked with zeros, the same close back.
  socket.write(Buffer.from([0x88, 0x82, 0, 0, 0, 0, 0x03, 0xe9]));
  assert.equal(await server.ended, 143);

  const next = net.createServer().listen(Number(port), "127.0.0.1");
  await once(next, "listening");
  next.close();
});

const SERVED = {
  protocol: ["/echo", "/feed", "/engine.io/", "/socket.io/"],
  "js-client": ["/socket.io/", "/abc", "getUtf8"],
  "engine-client": ["/engine.io/", "give binary"],
  "java-client": ["/socket.io/", "callAckBinary", "X-SocketIO"],
  bench: ["/echo", "/fanout", "/feed", "publish-to"],
};

for (const [profile, words] of Object.entries(SERVED)) {
  test(`conformance says what ${profile} serves`, async (t) => {
    const server = await start(t, ["conformance", "--profile", profile, "--foo-port", "0"]);
    const page = await (await fetch(server.url)).text();
    words.forEach((word) => assert.ok(page.includes(word), page));
    server.child.kill("SIGTERM");
    assert.equal(await server.ended, 143);
    assert.equal(server.err, "");
  });
}

test("the profile java-client has a second server", async (t) => {
  const server = await start(t, ["conformance", "--profile", "java-client", "--foo-port", "0"]);
  const [, second] = /^The second server is at (http:\S+)\nPosthorn is listening on /.exec(server.out);
  assert.notEqual(second, server.url);
  assert.match(await (await fetch(second)).text(), /\/foo/);
});

test("an unknown profile is told in one sentence", async () => {
  const { code, err } = await run("./posthorn", ["conformance", "--profile", "none"]);
  assert.match(err, SENTENCE);
  assert.equal(code, 2);
});

test("an option means the same before and behind a subcommand", async () => {
  for (const args of [["--port", "65536", "conformance"], ["conformance", "--port", "65536"]]) {
    const { code, err } = await run("./posthorn", args);
    assert.match(err, /65536/, args.join(" "));
    assert.equal(code, 2, args.join(" "));
  }
});

test("each kind of event loop that this machine has serves the page", async (t) => {
  for (const io of process.platform === "linux" ? ["epoll", "nio"] : ["nio"]) {
    const server = await start(t, ["--io", io, "--loops", "1"]);
    assert.equal((await fetch(server.url)).status, 200, io);
    server.child.kill("SIGTERM");
    await server.ended;
  }
});
