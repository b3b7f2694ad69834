// The pages that the guide to feeds shows, as they stand there.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import http from "node:http";
import { after, before, test } from "node:test";
import { BASE_URL, launch } from "./browser.mjs";

const guide = await readFile(new URL("../../../../../docs/feeds.md", import.meta.url), "utf8");
const [framed, fromElsewhere, ...others] = [...guide.matchAll(/^```html\n(.*?)^```$/gms)].map((block) => block[1]);

let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

// Opens the page and waits until it has shown two times.
async function showsTheTime(address, prepare = () => {}) {
  const page = await browser.newPage();
  const complaints = [];
  page.on("pageerror", (error) => complaints.push(error.message));
  await prepare(page);
  await page.goto(address, { waitUntil: "commit" });
  const first = await changed(page, "");
  const second = await changed(page, first);
  assert.match(first, /^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
  assert.ok(second > first, `${second} after ${first}`);
  assert.deepEqual(complaints, []);
  await page.close();
}

async function changed(page, old) {
  const time = await page.waitForFunction((text) => {
    const now = document.querySelector("#time")?.textContent;
    return now && now !== text ? now : null;
  }, old);
  return time.jsonValue();
}

test("a page with the frame of the guide shows the time", () =>
  showsTheTime(`${BASE_URL}/guide`, (page) =>
    page.route("**/guide", (route) => route.fulfill({ contentType: "text/html; charset=utf-8", body: framed })),
  ));

test("a page of another origin is told the time by the frame", async (t) => {
  const page = fromElsewhere.replaceAll("http://localhost:8080", new URL(BASE_URL).origin);
  const elsewhere = http.createServer((request, response) => {
    response.writeHead(200, { "Content-Type": "text/html; charset=utf-8" }).end(page);
  });
  await new Promise((resolve) => elsewhere.listen(0, "127.0.0.1", resolve));
  t.after(() => {
    elsewhere.closeAllConnections();
    elsewhere.close();
  });
  await showsTheTime(`http://127.0.0.1:${elsewhere.address().port}/`);
});

test("the guide has no other pages", () => assert.deepEqual(others, []));
