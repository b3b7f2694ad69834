// The load generator must see everything that a server can do wrong, and nothing where all is right.
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { start } from "../../../../posthorn-playground/src/test/scripts/program.mjs";
import { faults } from "./faults.mjs";
import { faultyServer } from "./faulty-server.mjs";

const sources = fileURLToPath(new URL("../../main/c/", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "posthorn-load-"));
const program = join(folder, "posthorn-load");
let server;

before(async () => {
  const files = readdirSync(sources).filter((name) => name.endsWith(".c"));
  const flags = ["-O2", "-std=c11", "-D_GNU_SOURCE", "-Wall", "-Wextra", "-Werror", "-fsanitize=address,undefined"];
  execFileSync("cc", [...flags, "-o", program, ...files.map((name) => join(sources, name)), "-lm"]);
  server = await faultyServer();
});

after(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

/** Resolves to { code, out, err }; the words are split at blanks. */
function load(words, port = server.port, input = "ignore") {
  const times = ["--warmup", "0.1", "--seconds", "0.3"];
  const child = spawn(program, [...words.split(" "), "--port", String(port), ...times], { stdio: [input, "pipe", "pipe"] });
  const run = { child, out: "", err: "" };
  child.stdout.setEncoding("utf8").on("data", (text) => (run.out += text));
  child.stderr.setEncoding("utf8").on("data", (text) => (run.err += text));
  run.ended = new Promise((resolve) => child.on("close", (code) => resolve({ code, out: run.out, err: run.err })));
  return run;
}

async function result(words, port) {
  const { code, out, err } = await load(words, port).ended;
  assert.deepEqual({ code, err }, { code: 0, err: "" });
  assert.equal(out.split("\n").length, 2, "one line");
  return JSON.parse(out);
}

async function withoutErrors(words, port) {
  const found = await result(words, port);
  assert.equal(found.errors, 0);
  assert.ok(found.messages > 0, "there were messages");
  assert.ok(found.p50Micros > 0 && found.p50Micros <= found.p99Micros && found.p99Micros <= found.maxMicros, "latencies rise");
  return found;
}

async function fails(words, sentence) {
  const { code, out, err } = await load(words).ended;
  assert.deepEqual({ code, out }, { code: 1, out: "" });
  assert.match(err, /^posthorn-load: [^\n]+\.\n$/, "one sentence");
  assert.match(err, sentence);
}

const echo = "echo --protocol websocket --connections 3 --depth 16";
const fanout = "fanout --protocol websocket --connections 3 --window 4";
const events = "fanout --protocol eventsource --connections 3 --window 4";

for (const name of Object.keys(faults).filter((fault) => fault !== "none")) {
  test(`every tenth message with the fault "${name}" makes errors`, async () => {
    const found = await Promise.all([
      result(`${echo} --path /echo/${name}`),
      result(`${fanout} --path /fanout/${name}`),
      result(`${events} --path /stream/${name}`),
    ]);
    found.forEach(({ errors }) => assert.ok(errors > 0, "errors were counted"));
  });
}

test("messages that never come are counted one by one", async () => {
  const echoed = await result("echo --protocol websocket --connections 3 --depth 1 --path /echo/drop");
  assert.equal(echoed.errors, 3, "each connection waits for its tenth message");
  const fannedOut = await result("fanout --protocol websocket --connections 3 --window 1 --path /fanout/drop");
  assert.equal(fannedOut.errors, 4, "three readers and the publisher wait for the same one");
});

test("a server that does nothing wrong gets no errors", async () => {
  await withoutErrors(`${echo} --path /echo`);
  await withoutErrors(`${fanout} --path /fanout`);
  await withoutErrors(`${fanout} --path /fanout --rate 100`);
  await withoutErrors(`${events} --path /stream`);
});

test("messages that come byte by byte are put together", async () => {
  await withoutErrors(`${echo} --path /pieces --size 40`);
  await withoutErrors(`${echo} --path /pieces --size 200`);
});

test("pings of WebSocket and of Engine.IO are answered", async () => {
  await withoutErrors(`${echo} --path /ping`);
  await withoutErrors("echo --protocol socketio --connections 3 --path /socket.io");
});

test("what ends a run is said in one sentence", async () => {
  await fails(`${echo} --path /refuse`, /403/);
  await fails(`${echo} --path /accept`, /Sec-WebSocket-Accept/);
  await fails(`${echo} --path /hang-up`, /closed connection \d/);
  await fails(`${echo} --path /close`, /closed connection \d with code 1011/);
  await fails(`${echo} --path /cut`, /connection \d/i);
  await fails(`${echo} --path /fragment`, /fragment/);
  await fails(`${events} --path /refuse`, /403/);
  await fails(`${echo} --path /echo --pid 999999999`, /no process 999999999/);
});

test("nobody listens, or the command line is wrong: a sentence too", async () => {
  const nobody = await load(`${echo} --path /echo`, 1).ended;
  assert.deepEqual(nobody, { code: 1, out: "", err: "posthorn-load: 127.0.0.1:1 cannot be reached: Connection refused.\n" });
  await fails("dance --protocol websocket --path /echo", /no case dance/);
  await fails("echo --protocol carrier-pigeon --path /echo", /no protocol carrier-pigeon/);
  await fails("echo --protocol eventsource --path /echo", /no echo/);
  await fails(`${echo} --path /echo --size 31`, /--size wants a number from 32/);
  await fails(`${echo} --path /echo --colour red`, /no option --colour/);
});

test("idle connections are held until the input ends", async () => {
  const run = load("idle --protocol websocket --connections 20 --path /echo", server.port, "pipe");
  await new Promise((resolve) => run.child.stdout.once("data", resolve));
  assert.equal(JSON.parse(run.out).connected, 20);
  assert.equal(run.child.exitCode, null, "it still runs");
  run.child.stdin.end();
  assert.equal((await run.ended).code, 0);
});

test("Posthorn makes no errors over any protocol, and its CPU time is read", async (context) => {
  const posthorn = await start(context, ["conformance", "--profile", "bench", "--loops", "1"]);
  const port = new URL(posthorn.url).port;
  const pid = `--pid ${posthorn.child.pid}`;
  const runs = [
    `${echo} --path /echo`,
    `${echo} --path /echo --size 1000`,
    `${echo} --path /echo --size 60000 --depth 2`,
    "echo --protocol socketio --connections 3 --path /socket.io/",
    `${fanout} --path /fanout`,
    "fanout --protocol socketio --connections 3 --path /socket.io/ --window 4",
    "fanout --protocol socketio --connections 3 --path /socket.io/ --room red --rate 50",
    `${events} --path /feed`,
    "fanout --protocol websocket --connections 3 --path /feed --post-path /feed",
    "fanout --protocol longpoll --connections 3 --path /feed?wait=25 --post-path /feed --window 4",
  ];
  for (const words of runs) {
    const found = await withoutErrors(`${words} ${pid}`, port);
    assert.ok(found.serverUserMicros + found.serverSystemMicros > 0 && found.rssKiB > 0, "CPU time and memory");
  }
  for (const protocol of ["websocket --path /echo", "socketio --path /socket.io/", "eventsource --path /feed"]) {
    const found = await withoutErrors(`handshake --connections 50 --rounds 2 --protocol ${protocol} ${pid}`, port);
    assert.equal(found.messages, 50);
  }
});
