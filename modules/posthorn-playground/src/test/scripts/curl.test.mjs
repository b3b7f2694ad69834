// curl as the reader of a feed, and as its publisher.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { after, before, test } from "node:test";
import { run, start } from "./program.mjs";

let feed;
const stops = [];
before(async () => {
  const server = await start({ after: (stop) => stops.push(stop) }, ["conformance"]);
  feed = new URL("/feed", server.url).href;
});
after(() => stops.forEach((stop) => stop()));

/** Runs curl to its end; resolves to { head, body }, the head's names in lower case. */
async function curl(...args) {
  const { code, out, err } = await run("curl", ["--silent", "--show-error", "--include", ...args]);
  assert.equal(code, 0, err);
  const end = out.indexOf("\r\n\r\n");
  const [status, ...lines] = out.slice(0, end).split("\r\n");
  const head = Object.fromEntries(lines.map((line) => [line.split(": ", 1)[0].toLowerCase(), line.slice(line.indexOf(": ") + 2)]));
  return { status: Number(status.split(" ")[1]), head, body: out.slice(end + 4) };
}

async function publish(data, ...args) {
  return JSON.parse((await curl("--data", data, ...args, feed)).body).id;
}

/** Runs curl until what it has read holds a text; resolves to all of it. */
async function stream(text, ...args) {
  const child = spawn("curl", ["--silent", "--show-error", "--no-buffer", ...args], { stdio: ["ignore", "pipe", "inherit"] });
  let out = "";
  for await (const more of child.stdout.setEncoding("utf8")) {
    out += more;
    if (out.includes(text)) {
      child.kill();
      break;
    }
  }
  return out;
}

test("the latest message, with its cursor, its name and its type", async () => {
  const cursor = await publish('{"a":1}', "--header", "Content-Type: application/json", "--header", "Event: tick");
  const { status, head, body } = await curl(feed);
  assert.deepEqual([status, body], [200, '{"a":1}']);
  assert.deepEqual([head.etag, head.event, head["content-type"]], [`"${cursor}"`, "tick", "application/json"]);
  const again = await curl("--header", `If-None-Match: "${cursor}"`, feed);
  assert.deepEqual([again.status, again.body], [304, ""]);
});

test("from a cursor one message after the other, and then none", async () => {
  const cursor = await publish("seen");
  await publish("one");
  await publish("two");
  const one = await curl(`${feed}?cursor=${cursor}`);
  const two = await curl(`${feed}?cursor=${JSON.parse(one.head.etag)}`);
  const none = await curl(`${feed}?cursor=${JSON.parse(two.head.etag)}`);
  assert.deepEqual([one.body, two.body, none.status, none.head.etag], ["one", "two", 204, two.head.etag]);
  const all = JSON.parse((await curl(`${feed}?cursor=${cursor}&envelope=json`)).body);
  assert.deepEqual(all.map(({ data }) => data), ["one", "two"]);
});

test("a long poll ends with the message that it waited for, or with the cursor that it had", async () => {
  const cursor = await publish("seen");
  const waiting = curl("--header", "Prefer: wait=30", "--header", `If-None-Match: "${cursor}"`, feed);
  await publish("awaited");
  const { status, head, body } = await waiting;
  assert.deepEqual([status, body, head["preference-applied"]], [200, "awaited", "wait=30"]);
  const none = await curl("--header", "Prefer: wait=1", "--header", `If-None-Match: ${head.etag}`, feed);
  assert.deepEqual([none.status, none.head.etag], [204, head.etag]);
});

test("events from a cursor, with their ids", async () => {
  const cursor = await publish("seen");
  const one = await publish("one");
  const two = await publish("two", "--header", "Event: tick");
  const text = await stream("data: two\n", "--header", "Accept: text/event-stream", "--header", `Last-Event-ID: ${cursor}`, feed);
  assert.ok(text.includes(`id: ${one}\ndata: one\n\nid: ${two}\nevent: tick\ndata: two\n`), text);
});

test("the scripts that an iframe would run", async () => {
  const cursor = await publish("seen");
  const one = await publish("</script>");
  const text = await stream("</script>\n</script>", "--max-time", "1", `${feed}?transport=iframe&callback=setTime&cursor=${cursor}`);
  assert.ok(text.includes(`parent.setTime("\\u003c/script`) || text.includes(`parent.setTime("\\u003C/script`), text);
  assert.ok(text.includes(`"id":"${one}"`), text);
});

test("a gap is a header of a poll and an event of a stream", async () => {
  const first = await publish("x");
  const { head } = await curl(`${feed}?cursor=anotherepoch-7`);
  assert.match(head.gap, /^after="anotherepoch-7", before="\w+-1"$/);
  const nonsense = await curl(`${feed}?cursor=nonsense`);
  assert.match(nonsense.head.gap, /^before="\w+-1"$/);
  const text = await stream(`id: ${first}\n`, "--header", "Accept: text/event-stream", `${feed}?cursor=anotherepoch-7`);
  assert.match(text, /\n\nevent: gap\ndata: \{"after":"anotherepoch-7","before":"\w+-1"\}\n\nid: \w+-1\n/);
});
