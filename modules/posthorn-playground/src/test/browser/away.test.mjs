import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { BASE_URL, launch } from "./browser.mjs";
import { isOpen, openPage, say } from "./page.mjs";
import { Wire } from "./wire.mjs";

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser.close());

test("the page tells that the server has gone, and connects again when it is back", async () => {
  const wire = new Wire(BASE_URL);
  await wire.mend();
  const { page, context } = await openPage(browser, { url: wire.url });
  await say(page, "before");
  await page.waitForSelector("#log li.server");
  await wire.cut();
  await page.waitForSelector("#status[data-state=gone]");
  assert.match(await page.textContent("#status"), /cannot be reached.*Next attempt in \d+ s/);
  assert.equal(await page.isDisabled("[data-action=text5]"), true);
  await wire.mend();
  await isOpen(page);
  await say(page, "after");
  await page.waitForFunction(() => document.querySelectorAll("#log li.server").length === 2);
  assert.equal(await page.textContent("#log li.server:last-child .words"), "服务器说：after");
  await context.close();
  await wire.cut();
});

test("a server that shuts down is quoted before the page connects again", async () => {
  const sockets = [];
  const prepare = (page) =>
    page.routeWebSocket(/./, (socket) => {
      socket.connectToServer();
      sockets.push(socket);
    });
  const { page, context } = await openPage(browser, { prepare });
  const said = "The server closed with 1001: the server is shutting down";
  await Promise.all(sockets.map((socket) => socket.close({ code: 1001, reason: "the server is shutting down" })));
  await page.waitForSelector("#status[data-state=gone]");
  assert.match(await page.textContent("#status"), new RegExp(`^${said}Next attempt in \\d+ s$`));
  assert.deepEqual(await page.$$eval("#log li.note", (notes) => notes.map((note) => note.textContent)), [
    "Connected.",
    said,
    "The server is gone.",
  ]);
  await isOpen(page);
  await context.close();
});

// about:blank has an origin of its own, which is sent as "null".
async function onAnotherOrigin(path, talk) {
  const context = await browser.newContext();
  const page = await context.newPage();
  const outcome = await page.evaluate(talk, BASE_URL.replace(/^http/, "ws") + path);
  await context.close();
  return outcome;
}

function echoOf(address) {
  return new Promise((resolve) => {
    const socket = new WebSocket(address);
    socket.onopen = () => socket.send("hi");
    socket.onmessage = ({ data }) => resolve(data);
    socket.onerror = () => resolve("refused");
  });
}

test("any origin may echo", async () => {
  assert.equal(await onAnotherOrigin("/echo", echoOf), "服务器说：hi");
});

test("only the page's own origin may inspect", async () => {
  assert.equal(await onAnotherOrigin("/inspect", echoOf), "refused");
});

test("an unknown token only means that nobody watches", async () => {
  assert.equal(await onAnotherOrigin("/echo?inspect=unknown", echoOf), "服务器说：hi");
});
