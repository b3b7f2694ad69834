import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { BASE_URL, launch } from "./browser.mjs";
import { open } from "./page.mjs";

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser.close());

/** Opens the lab with its inspector in sight. */
async function withLab(body) {
  const { page, context } = await open(browser, `${BASE_URL}/lab/?lang=en`);
  await page.locator(".wire").evaluate((element) => element.scrollIntoView());
  await body(page);
  await context.close();
}

async function choose(page, name) {
  await page.locator(`#wire-tab-${name}`).press("Enter");
}

/** Waits until the drawn row says this. */
function shows(page, place, text) {
  return page.waitForFunction(
    ([where, wanted]) => new RegExp(wanted).test(document.querySelector(`.wire ${where}`)?.textContent),
    [place, text],
  );
}

/** Moves a slider to its end by keyboard. */
function most(page, index) {
  return page.locator("#controls input[type=range]").nth(index).press("End");
}

test("over each transport a message of 64 bytes is found on the real wire, with what it cost", async () => {
  const around = {
    "short-polling": "envelope .*request head .*response head",
    "long-polling": "envelope .*request head .*response head",
    iframe: "source around it .*chunk size",
    "event-source": "lines .*chunk size",
    websocket: "envelope .*frame header 2",
    traveller: "lines .*chunk size",
  };
  await withLab(async (page) => {
    for (const [name, parts] of Object.entries(around)) {
      await choose(page, name);
      await shows(page, ".start", `reader=${name}`);
      await shows(page, ".overhead", `bytes on the wire, (64|128|192) are .*message (64|128|192).*${parts}`);
    }
  });
});

test("after a cut an EventSource comes back with the cursor that the browser kept", async () => {
  await withLab(async (page) => {
    await choose(page, "event-source");
    await shows(page, ".overhead", "64 are the message");
    await page.locator("#controls").getByRole("button", { name: /^Cut/ }).click();
    await shows(page, ".rows", "Request 2");
    await shows(page, ".rows", "Cut off");
    await shows(page, ".heads", "Last-Event-ID: \\S+the browser remembers");
    await shows(page, ".overhead", "64 are the message");
  });
});

test("at full speed and size the list stays short, what is missing is counted, and freezing holds all", async () => {
  await withLab(async (page) => {
    await choose(page, "websocket");
    await most(page, 0);
    await most(page, 1);
    await shows(page, ".overhead", "16,384 are the message: 99\\.8%");
    await shows(page, ".lines", "more bytes");
    await page.waitForFunction(() => document.querySelectorAll(".wire .option").length === 60);
    await page.locator(".wire .freeze").press("Enter");
    const told = await page.textContent(".wire .told");
    const seen = await page.textContent("#panels");
    await page.waitForFunction((before) => document.querySelector("#panels").textContent !== before, seen);
    assert.equal(await page.textContent(".wire .told"), told);
    await page.locator(".wire .freeze").press("Enter");
    await page.waitForFunction((before) => document.querySelector(".wire .told").textContent !== before, told);
  });
});
