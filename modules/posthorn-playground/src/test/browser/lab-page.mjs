import assert from "node:assert/strict";
import { TRANSPORTS } from "../../main/resources/web/lab/marks.js";
import { BASE_URL } from "./browser.mjs";
import { open } from "./page.mjs";

// A connection that the server drops is told by the browser itself, whatever the page does.
const DROPPED = /net::ERR_(INCOMPLETE_CHUNKED_ENCODING|EMPTY_RESPONSE|CONNECTION_RESET)|^WebSocket connection to .* failed/;

/** Opens the lab, and waits until all five have a message. */
export async function openLab(browser, { lang = "en", isCut, ...settings } = {}) {
  const opened = await open(browser, `${BASE_URL}/lab/?lang=${lang}`, settings);
  await opened.page.waitForFunction(
    (count) => [...document.querySelectorAll(".panel .number")].filter((each) => each.textContent).length === count,
    TRANSPORTS.length,
  );
  return opened;
}

/** Opens the lab for a check, after which it may have nothing to complain of; `isCut` where connections are dropped. */
export async function withLab(browser, check, settings) {
  const { page, complaints, context } = await openLab(browser, settings);
  await check(page);
  assert.deepEqual(complaints.filter((each) => !settings?.isCut || !DROPPED.test(each)), []);
  await context.close();
}

/** Waits until a text of the page matches. */
export function says(page, selector, pattern) {
  return page.waitForFunction(
    ([where, source]) => new RegExp(source).test(document.querySelector(where).textContent),
    [selector, pattern.source],
  );
}
