// When a lab reads: seen and hidden, alone and beside another, with a server and without.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { BASE_URL, launch } from "./browser.mjs";
import { assertWhole, hear, isIn, openLab, set, stateOf, turn, until } from "./lab-model.mjs";
import { Wire } from "./wire.mjs";

const FIVE = ["short-polling", "long-polling", "iframe", "event-source", "websocket"];

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser.close());

test("a hidden tab reads nothing and stops its clock, and goes on from where it was", async () => {
  const { page, context } = await openLab(browser);
  await hear(page, FIVE, 1);
  await turn(page, true);
  await isIn(page, "hidden");
  await page.waitForFunction(() => window.lab.settings.paused);
  for (const name of FIVE) {
    assert.equal(await stateOf(page, name), "paused", name);
  }
  assert.equal(await page.locator("iframe").count(), 0);
  await turn(page, false);
  await isIn(page, "running");
  await page.waitForFunction(() => !window.lab.settings.paused);
  await assertWhole(page, await hear(page, FIVE, 2));
  assert.equal(await page.evaluate(() => window.lab.readers.get("iframe").transport), "iframe");
  await context.close();
});

test("a clock that the user had stopped stands still also when the tab is shown again", async () => {
  const { page, context } = await openLab(browser);
  await hear(page, FIVE, 1);
  await page.evaluate(() => window.lab.pause());
  await page.waitForFunction(() => window.lab.settings.paused);
  await turn(page, true);
  await turn(page, false);
  await isIn(page, "running");
  await page.evaluate(() => window.lab.setRate(2)); // an answer shows that all before was obeyed
  await page.waitForFunction(() => window.lab.settings.rate === 2);
  assert.equal(await page.evaluate(() => window.lab.settings.paused), true);
  await page.evaluate(() => window.lab.resume());
  await assertWhole(page, await hear(page, FIVE, 1));
  await context.close();
});

test("of two labs in sight one reads, until the other takes over or it is gone", async () => {
  const context = await browser.newContext();
  const shared = { newContext: () => context };
  const { page: first } = await openLab(shared);
  await hear(first, FIVE, 1);
  const { page: second } = await openLab(shared);
  await isIn(second, "elsewhere");
  assert.equal(await stateOf(second, "iframe"), "paused");
  await hear(first, FIVE, 1);
  await second.evaluate(() => window.lab.takeOver());
  await isIn(first, "elsewhere");
  assert.equal(await stateOf(first, "iframe"), "paused");
  await hear(second, FIVE, 1);
  await turn(second, true);
  await assertWhole(first, await hear(first, FIVE, 2));
  await turn(second, false);
  await isIn(second, "elsewhere");
  await first.close();
  await assertWhole(second, await hear(second, FIVE, 2));
  await context.close();
});

test("without locks, as on an address of the local network, the lab just reads", async () => {
  const prepare = (page) => page.addInitScript(() => Object.defineProperty(navigator, "locks", { value: undefined }));
  const { page, context } = await openLab(browser, { prepare });
  await hear(page, FIVE, 1);
  await context.close();
});

test("a page that is left closes everything, and begins again when it is come back to", async () => {
  const { page, context } = await openLab(browser);
  await hear(page, FIVE, 1);
  const pass = (type) => page.evaluate((name) => window.dispatchEvent(new PageTransitionEvent(name, { persisted: true })), type);
  await pass("pagehide");
  assert.equal(await page.locator("iframe").count(), 0);
  assert.equal(await stateOf(page, "websocket"), "paused");
  await pass("pageshow");
  await hear(page, FIVE, 2);
  assert.equal(await page.evaluate(() => window.lab.readers.get("websocket").missed), 0);
  await context.close();
});

test("when the server comes back there is another visit, with the same wishes", async () => {
  const wire = new Wire(BASE_URL);
  await wire.mend();
  const { page, context } = await openLab(browser, { url: wire.url });
  await isIn(page, "running");
  await set(page, { rate: 5, payload: 100 });
  await hear(page, FIVE, 2);
  await wire.cut();
  await isIn(page, "gone");
  assert.equal(await stateOf(page, "event-source"), "lost");
  assert.ok(await page.evaluate(() => window.lab.state.retryAt > 0));
  await wire.mend();
  await isIn(page, "running");
  await page.waitForFunction(() => window.lab.settings.rate === 5 && window.lab.settings.payload === 100);
  await page.evaluate(() => window.heard.splice(0));
  await assertWhole(page, await hear(page, FIVE, 2));
  await context.close();
  await wire.cut();
});

test("a lab that finds no room says so, and tries again", async () => {
  let isFull = true;
  const prepare = (page) =>
    page.routeWebSocket(/visit$/, (socket) => {
      if (isFull) {
        socket.send('{"full":true}');
        socket.close();
      } else {
        socket.connectToServer();
      }
    });
  const { page, context } = await openLab(browser, { prepare });
  await isIn(page, "full");
  assert.ok(await page.evaluate(() => window.lab.state.retryAt > 0));
  isFull = false;
  await isIn(page, "running");
  await hear(page, FIVE, 1);
  await context.close();
});

test("what the server refuses is told in its words", async () => {
  const { page, context } = await openLab(browser);
  await isIn(page, "running");
  await page.evaluate(() => {
    window.lab.on("refused", (sentence) => (window.refused = sentence));
    window.lab.setRate(51);
  });
  await page.waitForFunction(() => window.refused);
  assert.match(await page.evaluate(() => window.refused), /50/);
  assert.equal(await page.evaluate(() => window.lab.settings.rate), 1);
  await context.close();
});

test("a lab leaves no connection behind when its traveller changes transports", async () => {
  const wire = new Wire(BASE_URL);
  await wire.mend();
  const { page, context } = await openLab(browser, { url: wire.url });
  await hear(page, FIVE, 1);
  await page.evaluate(() => window.lab.startTraveller());
  for (const transport of [...FIVE, ...FIVE]) {
    await page.evaluate((name) => window.lab.switchTo(name), transport);
    await hear(page, ["traveller"], 1);
    // Five of HTTP, the visit, two WebSockets: `connections` counts those that are about to close, too.
    await until(() => wire.connections <= 8);
  }
  await turn(page, true);
  await isIn(page, "hidden");
  await context.close();
  await wire.cut();
});
