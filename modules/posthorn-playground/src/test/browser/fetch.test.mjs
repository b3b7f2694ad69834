// fetch and XMLHttpRequest in Chromium as readers of a feed: short and long polling.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch } from "./browser.mjs";
import { Feed, later } from "./feed.mjs";
import { HOSTILE, openReader } from "./reader.mjs";
import { Wire } from "./wire.mjs";

let browser;
let feed;
before(async () => {
  [browser, feed] = await Promise.all([launch(), Feed.start()]);
});
after(() => Promise.all([browser.close(), feed.stop()]));

/** One answer, as a page sees it. */
function ask(page, url, init) {
  return page.evaluate(
    async ([address, options]) => {
      const response = await fetch(address, options);
      const header = (name) => response.headers.get(name);
      const etag = header("ETag");
      return {
        status: response.status,
        body: await response.text(),
        cursor: etag && JSON.parse(etag),
        event: header("Event") && decodeURIComponent(header("Event")),
        gap: header("Gap"),
        type: header("Content-Type"),
      };
    },
    [url, init],
  );
}

test("the browser's own cache has a short poll answered with 304, and the page does not notice", async () => {
  const wire = new Wire(feed.origin);
  await wire.mend();
  const { page, context } = await openReader(browser, wire.url);
  const cursor = await feed.publish("latest");
  const first = await ask(page, "/feed");
  assert.deepEqual([first.status, first.body, first.cursor], [200, "latest", cursor]);
  wire.requests = "";
  wire.answers = "";
  assert.deepEqual(await ask(page, "/feed"), first);
  assert.match(wire.requests, new RegExp(`\r\nIf-None-Match: "${cursor}"\r\n`, "i"));
  assert.match(wire.answers, /^HTTP\/1\.1 304 /);
  assert.doesNotMatch(wire.answers, /latest/);
  const next = await feed.publish("newer");
  assert.deepEqual(await ask(page, "/feed").then(({ body, cursor: id }) => [body, id]), ["newer", next]);
  await context.close();
  await wire.cut();
});

test("a long poll waits for the next message, and with the cursor of each answer none is missed", async () => {
  const { page, context } = await openReader(browser, feed.origin);
  const begin = await ask(page, "/feed?wait=0");
  assert.equal(begin.status, 204);
  const ids = [];
  const bodies = [];
  let { cursor } = begin;
  for (const data of HOSTILE) {
    const answer = ask(page, `/feed?wait=30&cursor=${cursor}`);
    ids.push(await feed.publish(data));
    const { status, body, cursor: next } = await answer;
    assert.equal(status, 200);
    bodies.push(body);
    cursor = next;
    assert.equal(cursor, ids.at(-1));
  }
  // Response.text() takes a byte order mark away at the beginning only.
  assert.deepEqual(bodies, HOSTILE);
  await context.close();
});

test("a long poll that was cut is asked again, and has what came meanwhile", async () => {
  const wire = new Wire(feed.origin);
  await wire.mend();
  const { page, context } = await openReader(browser, wire.url);
  const cursor = await feed.publish("seen");
  const lost = page.evaluate((url) => fetch(url).catch(() => "cut"), `/feed?wait=30&cursor=${cursor}`);
  await wire.heard("wait=30");
  await wire.cut();
  assert.equal(await lost, "cut");
  await feed.publish("missed 1");
  await feed.publish("missed 2");
  await wire.mend();
  const one = await ask(page, `/feed?wait=30&cursor=${cursor}`);
  const two = await ask(page, `/feed?wait=30&cursor=${one.cursor}`);
  assert.deepEqual([one.body, two.body], ["missed 1", "missed 2"]);
  await context.close();
  await wire.cut();
});

test("the cursor may come as If-None-Match or Last-Event-ID, and the wait as Prefer", async () => {
  const { page, context } = await openReader(browser, feed.origin);
  const cursor = await feed.publish("seen");
  await feed.publish("next");
  for (const header of [{ "If-None-Match": `"${cursor}"` }, { "If-None-Match": `W/"${cursor}"` }, { "Last-Event-ID": cursor }]) {
    const { status, body } = await ask(page, "/feed", { headers: { Prefer: "wait=5", ...header } });
    assert.deepEqual([status, body], [200, "next"], JSON.stringify(header));
  }
  await context.close();
});

test("name, type and bytes of a message are those it was published with", async () => {
  const { page, context } = await openReader(browser, feed.origin);
  await feed.publish('{"a":"\u2028"}', { type: "application/json", event: "名字 <b>%" });
  const { body, event, type } = await ask(page, "/feed");
  assert.deepEqual({ body, event, type }, { body: '{"a":"\u2028"}', event: "名字 <b>%", type: "application/json" });
  await feed.publish(Uint8Array.of(0, 255, 13, 10), { type: "image/x-made-up" });
  const bytes = await page.evaluate(async () => [...new Uint8Array(await (await fetch("/feed")).arrayBuffer())]);
  assert.deepEqual(bytes, [0, 255, 13, 10]);
  await context.close();
});

test("a page of another origin may read all that a page of its own may", async () => {
  const { page, context } = await openReader(browser, feed.origin.replace("127.0.0.1", "localhost"));
  const cursor = await feed.publish("seen");
  await feed.publish("next", { event: "tick" });
  const url = `${feed.url}?wait=5&cursor=${cursor}`;
  assert.deepEqual(await ask(page, url).then(({ body, event }) => [body, event]), ["next", "tick"]);
  const preflighted = await ask(page, feed.url, { headers: { Prefer: "wait=5", "If-None-Match": `"${cursor}"` } });
  assert.equal(preflighted.body, "next");
  await context.close();
});

test("what is no longer there is told as a gap, and an envelope has all that is", async () => {
  const { page, context } = await openReader(browser, feed.origin);
  const cursor = await feed.publish("the last that it saw");
  const last = await feed.overflow();
  await feed.publish("one too many");
  const answer = await ask(page, `/feed?cursor=${cursor}`);
  const next = later(cursor, 2);
  assert.deepEqual([answer.cursor, answer.gap], [next, `after="${cursor}", before="${next}"`]);
  const all = JSON.parse((await ask(page, `/feed?cursor=${cursor}&envelope=json`)).body);
  assert.equal(all.length, 1000);
  assert.deepEqual(all[0].gap, { after: cursor, before: next });
  assert.deepEqual(all.slice(-2).map(({ id, data }) => [id, data]), [
    [last, "overflow 999"],
    [later(last, 1), "one too many"],
  ]);
  await context.close();
});
