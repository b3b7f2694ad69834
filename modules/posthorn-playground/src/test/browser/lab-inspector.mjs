import assert from "node:assert/strict";
import axe from "axe-core";
import { readFileSync } from "node:fs";
import { openView } from "./lab-fake.mjs";

const INSPECTOR = { file: "/lab/wire/inspector.js", name: "Inspector", texts: "/lab/wire" };

/** What went over the wire between Chromium and a server, as the lab tells it. */
export const RECORDED = JSON.parse(readFileSync(new URL("lab-wire.json", import.meta.url), "utf8"));

/** Opens an inspector that was told what was recorded, unless other tellings are given. */
export async function withInspector(browser, settings, body) {
  const { page, complaints, context } = await openView(browser, INSPECTOR, settings);
  await tell(page, settings.told ?? RECORDED);
  await body(page);
  assert.deepEqual(complaints, []);
  await context.close();
}

export function tell(page, tellings) {
  return page.evaluate((all) => all.forEach((told) => window.lab.tell("wire", told)), tellings);
}

export function choose(page, name) {
  return page.click(`#wire-tab-${name}`);
}

/** Picks the newest row whose text begins or goes on with this. */
export function pick(page, text) {
  return page.locator(".wire .option", { hasText: text }).first().click();
}

/** The lines that have a note: `{line, note}`. */
export function noted(page, place) {
  return page.$$eval(`.wire ${place} .noted`, (lines) =>
    lines.map((line) => ({
      line: line.querySelector(".field, code").textContent,
      note: [...line.querySelectorAll(".note")].map((note) => note.textContent).join(" | "),
    })),
  );
}

export async function names(page, place) {
  return (await noted(page, place)).map(({ line }) => line.split(/[:\s]/)[0].toLowerCase());
}

export function text(page, place) {
  return page.textContent(`.wire ${place}`);
}

/** A chunk with an event, the newest of a stream. */
export function event(data, micros = 1) {
  const content = `id: k3-${micros}\ndata: ${data}\n\n`;
  const bytes = Buffer.from(`${Buffer.byteLength(content).toString(16)}\r\n${content}\r\n`);
  return { from: "server", micros, size: bytes.length, bytes: bytes.subarray(0, 1024).toString("base64") };
}

/** An EventSource's stream; its pieces are numbered by their time. */
export function stream(pieces, changes = {}) {
  const told = RECORDED.find(({ reader }) => reader === "event-source");
  return { ...told, firstPiece: pieces[0].micros, pieces, ...changes };
}

export async function faults(page) {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() => window.axe.run());
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" | ")}`);
}
