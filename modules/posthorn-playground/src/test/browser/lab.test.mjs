// The model of the transport lab: a page without views reads its clock over all transports.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch } from "./browser.mjs";
import { assertWhole, hear, isIn, openLab, set, stateOf } from "./lab-model.mjs";

const FIVE = ["short-polling", "long-polling", "iframe", "event-source", "websocket"];
const ALL = [...FIVE, "traveller"];

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser.close());

test("five clocks tick, each over its own transport", async () => {
  const asked = new Map();
  const note = (request, type) => asked.set(new URL(request.url()).searchParams.get("reader"), type);
  const prepare = (page) => {
    page.on("request", (request) => note(request, request.resourceType()));
    page.on("websocket", (socket) => note(socket, "websocket"));
  };
  const { page, complaints, context } = await openLab(browser, { prepare });
  await assertWhole(page, await hear(page, FIVE, 2));
  const types = FIVE.map((name) => asked.get(name));
  assert.deepEqual(types, ["fetch", "fetch", "document", "eventsource", "websocket"]);
  const [short, ...others] = await Promise.all(FIVE.map((name) => stateOf(page, name)));
  assert.match(short, /^(live|asking)$/);
  assert.deepEqual(others, ["live", "live", "live", "live"]);
  assert.equal(await stateOf(page, "traveller"), "off");
  assert.deepEqual(complaints, []);
  await context.close();
});

test("latency is told by the server's clock, which is compared with the page's", async () => {
  const { page, context } = await openLab(browser);
  // What came before the clocks were compared, or was sent before its reader was there, has none.
  await page.waitForFunction((names) => names.every((name) => window.lab.readers.get(name).latency), FIVE);
  const { offset, latencies, last, tooEarly } = await page.evaluate((names) => ({
    offset: window.lab.offset,
    latencies: names.map((name) => window.lab.readers.get(name).latency),
    last: window.heard.at(-1),
    tooEarly: window.heard.filter(({ latency, error }) => latency !== null && latency < -error),
  }), FIVE);
  assert.equal(offset.error, offset.roundTrip / 2);
  assert.deepEqual(tooEarly, []);
  for (const latency of latencies) {
    assert.ok(latency.p50 <= latency.p99, JSON.stringify(latency));
  }
  assert.match(String(last.sentAt), /^\d{13}/);
  await context.close();
});

test("the traveller changes its transport in mid-stream and misses nothing, however often", async () => {
  const { page, complaints, context } = await openLab(browser);
  await isIn(page, "running");
  await set(page, { rate: 50, payload: 64 });
  await page.evaluate(() => window.lab.startTraveller());
  await hear(page, ["traveller"], 10);
  const way = [...FIVE, ...FIVE.toReversed(), "iframe", "websocket", "iframe", "long-polling", "short-polling"];
  for (const transport of way) {
    await page.evaluate((name) => window.lab.switchTo(name), transport);
    await hear(page, ["traveller"], 10);
  }
  assert.equal(await page.evaluate(() => window.heard.some(({ afterBreak }) => afterBreak)), false);
  assert.deepEqual(complaints, []);
  // All at once, which is more than the server takes of one reader: it ends the older ones.
  await page.evaluate((names) => names.forEach((name) => window.lab.switchTo(name)), way);
  await assertWhole(page, await hear(page, ["traveller", ...FIVE], 10));
  const used = await page.evaluate(() => [...new Set(window.heard.filter(({ reader }) => reader === "traveller").map(({ transport }) => transport))]);
  assert.deepEqual(used.toSorted(), FIVE.toSorted());
  assert.equal(await page.locator("iframe").count(), 1);
  await context.close();
});

test("fifty large messages a second arrive, all of them", async () => {
  const { page, complaints, context } = await openLab(browser);
  await isIn(page, "running");
  await set(page, { rate: 50, payload: 16384 });
  await assertWhole(page, await hear(page, FIVE, 300));
  assert.equal(await page.evaluate(() => window.heard.at(-1).size), 16384);
  // The iframe stream has begun anew meanwhile, to be rid of a document that grows; that is no break.
  assert.deepEqual(await page.evaluate(() => window.lights.filter((light) => light.endsWith(" lost"))), []);
  assert.deepEqual(complaints, []);
  await context.close();
});

/** Waits until these readers have lost their connection and got messages again; gives the numbers of all that they heard. */
async function comeBack(page, readers) {
  await page.waitForFunction((names) => names.every((name) => window.heard.some(({ reader, afterBreak }) => reader === name && afterBreak)), readers);
  return hear(page, readers, 1);
}

/** Waits until the server has let these readers in again after it had dropped them. */
function areCounted(page, readers) {
  return page.waitForFunction((names) => names.every((name) => window.lab.readers.get(name).reconnects > 0), readers);
}

for (const transport of FIVE) {
  test(`cut off, a reader over ${transport} goes on from where it was, and so do all others`, async () => {
    const { page, context } = await openLab(browser);
    await isIn(page, "running");
    await set(page, { rate: 10, payload: 64 });
    await page.evaluate((name) => {
      window.lab.switchTo(name);
      window.lab.startTraveller();
    }, transport);
    await hear(page, ALL, 3);
    await page.evaluate(() => window.lab.cut());
    await areCounted(page, ["iframe", "event-source", "websocket"]);
    await assertWhole(page, await hear(page, ALL, 3));
    await context.close();
  });
}

test("only the reader that is cut off loses its connection", async () => {
  const { page, context } = await openLab(browser);
  await isIn(page, "running");
  await set(page, { rate: 10, payload: 64 });
  await hear(page, FIVE, 3);
  await page.evaluate(() => window.lab.cut("event-source"));
  await assertWhole(page, await comeBack(page, ["event-source"]));
  await page.waitForFunction(() => window.back.length > 0);
  const [{ reader, after, number }] = await page.evaluate(() => window.back);
  assert.equal(reader, "event-source");
  assert.ok(after > 500, `${after}`); // the server tells it to wait
  assert.equal(number, await page.evaluate(() => window.heard.find(({ afterBreak }) => afterBreak).number));
  const broken = await page.evaluate(() => window.heard.filter(({ afterBreak }) => afterBreak).map(({ reader }) => reader));
  assert.deepEqual(broken, ["event-source"]);
  await context.close();
});

test("a frame that has not noticed that it was cut off is known to be, until it is back", async () => {
  const { page, context } = await openLab(browser);
  await isIn(page, "running");
  await set(page, { rate: 10, payload: 64 });
  await hear(page, FIVE, 3);
  await page.evaluate(() => {
    window.lights.splice(0);
    window.lab.cut("iframe");
  });
  await page.waitForFunction(() => window.back.length > 0);
  const lights = await page.evaluate(() => window.lights.filter((light) => light.startsWith("iframe")));
  assert.deepEqual([lights[0], lights[1]], ["iframe cutlive", "iframe cutlost"]);
  assert.equal(lights.at(-1), "iframe live");
  const [{ reader, after }] = await page.evaluate(() => window.back);
  assert.equal(reader, "iframe");
  assert.ok(after > 3000, `${after}`);
  assert.equal(await page.evaluate(() => window.lab.readers.get("iframe").isCut), false);
  await context.close();
});

test("offline for five seconds, all come back and have missed nothing", async () => {
  const { page, context } = await openLab(browser);
  await isIn(page, "running");
  await set(page, { rate: 50, payload: 256 });
  await page.evaluate(() => window.lab.startTraveller());
  await hear(page, ALL, 3);
  await page.evaluate(() => window.lab.goOffline());
  await page.waitForFunction(() => window.lab.offline > 0);
  await page.waitForFunction((names) => names.every((name) => window.lab.readers.get(name).state === "lost"), ALL);
  await page.waitForFunction(() => window.lab.offline === 0);
  await assertWhole(page, await comeBack(page, ALL));
  await areCounted(page, ALL);
  await page.waitForFunction((count) => window.back.length === count, ALL.length);
  const back = await page.evaluate(() => window.back);
  assert.deepEqual(back.map((each) => each.reader).toSorted(), ALL.toSorted());
  for (const { reader, after } of back) {
    assert.ok(after > 4900, `${reader} ${after}`);
  }
  await context.close();
});

test("bytes are counted, and are fewest over a WebSocket", async () => {
  const { page, context } = await openLab(browser);
  await page.evaluate(() => {
    window.counts = [];
    window.lab.on("counts", (counts) => window.counts.push(counts));
  });
  await hear(page, FIVE, 3);
  await page.waitForFunction((names) => names.every((name) => window.counts.filter(({ reader }) => reader === name).length >= 2), FIVE);
  const costs = await page.evaluate((names) => names.map((name) => window.lab.readers.get(name).bytesPerMessage), FIVE);
  const [short, long, , , webSocket] = costs;
  assert.ok(short > webSocket && long > webSocket && webSocket > 64, JSON.stringify(costs));
  await context.close();
});

test("all begin with the same message, and after a reset again, with the same settings", async () => {
  const { page, complaints, context } = await openLab(browser);
  await isIn(page, "running");
  await page.evaluate(() => window.lab.startTraveller());
  await set(page, { rate: 5, payload: 100 });
  const firsts = (numbers) => numbers.map(([first]) => first);
  assert.deepEqual(firsts(await hear(page, FIVE, 3)), FIVE.map(() => 1));
  const left = await page.evaluate(() => {
    Object.assign(window, { states: [], rates: [] });
    window.lab.on("change", () => {
      window.states.push(window.lab.state.name);
      window.rates.push(window.lab.settings.rate);
    });
    window.heard.splice(0);
    window.lab.reset();
    return [...window.lab.readers.values()].map(({ requests, received, sent, messages, latency, number }) => [requests, received, sent, messages, latency, number]);
  });
  assert.deepEqual(left, ALL.map(() => [0, 0, 0, 0, null, null]));
  const numbers = await hear(page, ALL, 5);
  assert.deepEqual(firsts(numbers), ALL.map(() => 1));
  await assertWhole(page, numbers);
  assert.deepEqual(await page.evaluate(() => [...new Set(window.states)]), ["connecting", "running"]);
  assert.deepEqual(await page.evaluate(() => [...new Set(window.rates)]), [5]);
  await page.waitForFunction(() => window.heard.at(-1).size === 100);
  // The heads of the streams are counted anew: one request each.
  await page.waitForFunction(() => ["iframe", "event-source", "websocket", "traveller"].every((name) => window.lab.readers.get(name).requests === 1));
  assert.deepEqual(complaints, []);
  await context.close();
});

test("a reset while the server lets nobody in makes an end of that", async () => {
  const { page, context } = await openLab(browser);
  await hear(page, FIVE, 1);
  await page.evaluate(() => window.lab.goOffline());
  await page.waitForFunction(() => window.lab.offline > 0);
  assert.equal(await page.evaluate(() => (window.lab.reset(), window.lab.offline)), 0);
  await page.evaluate(() => window.heard.splice(0));
  await assertWhole(page, await hear(page, FIVE, 2));
  assert.deepEqual(await page.evaluate(() => window.back), []);
  await context.close();
});
