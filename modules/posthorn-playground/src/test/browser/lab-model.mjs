import assert from "node:assert/strict";
import { setImmediate } from "node:timers/promises";
import { BASE_URL } from "./browser.mjs";
import { open } from "./page.mjs";

/** A page of the server with nothing on it but a lab, what it hears, and the states that its readers had. */
export async function openLab(context, { url = BASE_URL, ...settings } = {}) {
  const opened = await open(context, `${url}/healthz`, settings);
  await opened.page.evaluate(async () => {
    const { Lab } = await import("/lab/lab.js");
    const lab = new Lab();
    Object.assign(window, { lab, heard: [], lights: [], back: [] });
    lab.on("message", (message) => window.heard.push({ ...message, error: lab.offset?.error }));
    lab.on("reader", ({ name, state, isCut }) => window.lights.push(`${name} ${isCut ? "cut" : ""}${state}`));
    lab.on("back", (back) => window.back.push(back));
    lab.begin();
  });
  return opened;
}

/** Waits until each of these readers has got so many messages more, and gives the numbers of all, by reader. */
export async function hear(page, readers, more) {
  const count = () => page.evaluate((names) => names.map((name) => window.heard.filter(({ reader }) => reader === name).length), readers);
  const wanted = (await count()).map((already) => already + more);
  await page.waitForFunction(
    ([names, counts]) => names.every((name, index) => window.heard.filter(({ reader }) => reader === name).length >= counts[index]),
    [readers, wanted],
  );
  return page.evaluate((names) => names.map((name) => window.heard.filter(({ reader }) => reader === name).map(({ number }) => number)), readers);
}

/** What was heard has no gap and nothing twice, and the lab says so, too. */
export async function assertWhole(page, numbers) {
  for (const each of numbers) {
    assert.deepEqual(each, each.map((_, index) => each[0] + index));
  }
  const wrong = await page.evaluate(() => [...window.lab.readers.values()].filter((reader) => reader.missed + reader.duplicates > 0).map(({ name }) => name));
  assert.deepEqual(wrong, []);
}

/** Tells the lab something, and waits until its settings are so. */
export async function set(page, settings) {
  await page.evaluate(({ rate, payload }) => {
    window.lab.setRate(rate);
    window.lab.setPayload(payload);
  }, settings);
  await page.waitForFunction(({ rate, payload }) => window.lab.settings.rate === rate && window.lab.settings.payload === payload, settings);
}

export async function until(holds) {
  while (!holds()) {
    await setImmediate();
  }
}

export function isIn(page, state) {
  return page.waitForFunction((name) => window.lab.state.name === name, state);
}

export function stateOf(page, reader) {
  return page.evaluate((name) => window.lab.readers.get(name).state, reader);
}

export function turn(page, hidden) {
  return page.evaluate((value) => {
    Object.defineProperty(document, "hidden", { value, configurable: true });
    document.dispatchEvent(new Event("visibilitychange"));
  }, hidden);
}
