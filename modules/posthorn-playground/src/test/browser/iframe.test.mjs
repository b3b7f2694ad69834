// An iframe stream in Chromium, in pages of the same and of other origins.
import assert from "node:assert/strict";
import { once } from "node:events";
import http from "node:http";
import { after, before, test } from "node:test";
import { launch } from "./browser.mjs";
import { Feed, later } from "./feed.mjs";
import { HOSTILE, openReader } from "./reader.mjs";
import { Wire } from "./wire.mjs";

let browser;
let feed;
let elsewhere; // another server, with an empty page
before(async () => {
  [browser, feed] = await Promise.all([launch("--host-resolver-rules=MAP *.test 127.0.0.1"), Feed.start()]);
  elsewhere = http.createServer((_, response) => response.setHeader("Content-Type", "text/html").end("<!doctype html><title>Elsewhere</title>"));
  await once(elsewhere.listen(0, "127.0.0.1"), "listening");
});
after(() => {
  elsewhere.close();
  return Promise.all([browser.close(), feed.stop()]);
});

/** Puts a frame into the page whose function is `app.show`; ready once the document in it runs. */
async function frame(page, url, callback = "app.show") {
  const reading = page.waitForEvent("framenavigated", (each) => each.url().includes("/feed"));
  await page.evaluate(
    ([address, name]) => {
      window.app ??= { show: (data, info) => window.got.push({ data, info }) };
      const element = document.createElement("iframe");
      element.src = `${address}${address.includes("?") ? "&" : "?"}callback=${name}`;
      document.body.append(element);
    },
    [url, callback],
  );
  return reading;
}

/** Hears what frames post, and from where. */
function listen(page) {
  return page.evaluate(() => window.addEventListener("message", ({ data, origin }) => window.got.push({ ...data, origin })));
}

test("a page of the same origin is called with what was published, whatever that is", async () => {
  const { page, got, complaints, context } = await openReader(browser, feed.origin);
  await frame(page, "/feed");
  const ids = [];
  for (const data of HOSTILE) {
    ids.push(await feed.publish(data));
  }
  const named = await feed.publish("named", { event: "</script>\u2028\"'" });
  const binary = await feed.publish(Uint8Array.of(0, 255), { type: "application/octet-stream" });
  const all = await got(ids.length + 2);
  assert.deepEqual(
    all.slice(0, ids.length),
    HOSTILE.map((data, index) => ({ data, info: { id: ids[index] } })),
  );
  assert.deepEqual(all.slice(ids.length), [
    { data: "named", info: { id: named, event: "</script>\u2028\"'" } },
    { data: "AP8=", info: { id: binary, encoding: "base64" } },
  ]);
  assert.deepEqual(complaints, []);
  await context.close();
});

test("an envelope is the one argument's text", async () => {
  const { page, got, context } = await openReader(browser, feed.origin);
  await frame(page, "/feed?envelope=json");
  const json = '{"a":["</script>","\u2028"]}';
  const id = await feed.publish(json, { type: "application/json", event: "tick" });
  const all = await got(2);
  assert.deepEqual(JSON.parse(all.at(-1).data), { id, event: "tick", data: JSON.parse(json) });
  await context.close();
});

test("a callback that is missing is ignored, also in part, and called once it is there", async () => {
  const { page, got, complaints, context } = await openReader(browser, feed.origin);
  await frame(page, "/feed", "missing.show");
  await frame(page, "/feed");
  await feed.publish("to nobody");
  await got(1);
  await page.evaluate(() => (window.missing = { show: (data) => window.got.push(`late: ${data}`) }));
  await feed.publish("to somebody");
  const all = await got(3);
  assert.deepEqual(all.filter((each) => typeof each === "string"), ["late: to somebody"]);
  assert.deepEqual(complaints, []);
  await context.close();
});

test("a callback that throws is called with the next message all the same", async () => {
  const { page, got, complaints, context } = await openReader(browser, feed.origin);
  await frame(page, "/feed");
  await page.evaluate(() => {
    window.app.show = (data) => {
      window.got.push(data);
      throw new Error(`thrown at ${data}`);
    };
  });
  await feed.publish("one");
  await feed.publish("two");
  assert.deepEqual(await got(2), ["one", "two"]);
  assert.deepEqual(complaints, ["thrown at one", "thrown at two"]);
  await context.close();
});

for (const [what, host] of [
  ["another port", (server) => `http://127.0.0.1:${server.address().port}/`],
  ["another name", () => `${feed.origin.replace("127.0.0.1", "localhost")}/`],
]) {
  test(`a page of another origin, ${what}, is posted a message instead`, async () => {
    const { page, got, complaints, context } = await openReader(browser, host(elsewhere));
    await listen(page);
    await frame(page, feed.url);
    const ids = [];
    for (const data of HOSTILE) {
      ids.push(await feed.publish(data));
    }
    assert.deepEqual(
      await got(ids.length),
      HOSTILE.map((data, index) => ({ feed: "/feed", callback: "app.show", data, info: { id: ids[index] }, origin: feed.origin })),
    );
    assert.deepEqual(complaints, []);
    await context.close();
  });
}

test("where a browser does not say that it is a frame that asks, because nobody could trust the line, it is one still", async () => {
  const { page, got, context } = await openReader(browser, `http://elsewhere.test:${elsewhere.address().port}/`);
  await listen(page);
  await frame(page, feed.url.replace("127.0.0.1", "posthorn.test"));
  await feed.publish("without Sec-Fetch-Dest");
  assert.equal((await got(1))[0].data, "without Sec-Fetch-Dest");
  await context.close();
});

test("a stream that has become long begins anew from where it was, and nothing is lost", async () => {
  const { page, got, context } = await openReader(browser, feed.origin);
  let loads = 0;
  page.on("framenavigated", () => loads++);
  await frame(page, "/feed");
  const data = "x".repeat(60_000);
  const ids = [];
  for (let i = 0; i < 40; i++) {
    ids.push(await feed.publish(data));
    await got(ids.length - 3); // no faster than it reads, or the oldest would be dropped
  }
  assert.deepEqual((await got(ids.length)).map(({ info }) => info), ids.map((id) => ({ id })));
  assert.ok(loads >= 3, `loaded ${loads} times`); // 2.4 MB, and it begins anew after each
  assert.equal(await page.evaluate(() => history.length), 2);
  await context.close();
});

test("a stream that was cut is resumed by a frame with the cursor", async () => {
  const wire = new Wire(feed.origin);
  await wire.mend();
  const { page, got, context } = await openReader(browser, wire.url);
  await frame(page, "/feed");
  const first = await feed.publish("before the cut");
  await got(1);
  await wire.cut();
  const missed = [await feed.publish("missed 1"), await feed.publish("missed 2")];
  await wire.mend();
  await frame(page, `/feed?cursor=${first}`);
  assert.deepEqual((await got(3)).map(({ info }) => info.id), [first, ...missed]);
  await context.close();
  await wire.cut();
});

test("what is no longer there is told with the next message", async () => {
  const { page, got, context } = await openReader(browser, feed.origin);
  const cursor = await feed.publish("the last that it saw");
  await feed.overflow();
  await feed.publish("one too many");
  await frame(page, `/feed?cursor=${cursor}`);
  const all = await got(1000);
  const before = later(cursor, 2);
  assert.deepEqual(all[0].info, { id: before, gap: { after: cursor, before } });
  assert.deepEqual(all[1].info, { id: later(cursor, 3) });
  await context.close();
});
