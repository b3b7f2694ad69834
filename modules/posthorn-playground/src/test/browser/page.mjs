import { BASE_URL } from "./browser.mjs";

/** Opens the page of the frames, connected; see `open`. */
export async function openPage(browser, { url = BASE_URL, lang = "en", ...settings } = {}) {
  const opened = await open(browser, lang ? `${url}/frames/?lang=${lang}` : `${url}/frames/`, settings);
  await isOpen(opened.page);
  return opened;
}

/**
 * Opens a page in a profile of its own; what it complains about is gathered in `complaints`. Before, `prepare(page)` is
 * called.
 */
export async function open(browser, url, { width = 1280, prepare = () => {}, ...settings } = {}) {
  const context = await browser.newContext({ viewport: { width, height: 900 }, ...settings });
  const page = await context.newPage();
  const complaints = [];
  page.on("console", (message) => {
    const isIcon = message.location().url.endsWith("/favicon.ico"); // of pages that name none
    if (["error", "warning"].includes(message.type()) && !isIcon) {
      complaints.push(message.text());
    }
  });
  page.on("pageerror", (error) => complaints.push(error.message));
  await prepare(page);
  await page.goto(url);
  return { page, complaints, context };
}

export function isOpen(page) {
  return page.waitForSelector("#status[data-state=open]");
}

export async function say(page, text) {
  await page.fill("#words", text);
  await page.press("#words", "Enter");
}

export function press(page, action) {
  return page.click(`[data-action=${action}]`);
}

/** Waits until so many frames have been told, and gives their rows, oldest first: direction, kind, preview, length form. */
export async function frames(page, count) {
  await page.waitForFunction((wanted) => document.querySelectorAll("#timeline [role=option]").length >= wanted, count);
  const rows = await page.$$eval("#timeline [role=option]", (options) =>
    options.map((option) => {
      const text = (name) => option.querySelector(`.${name}`).textContent;
      const direction = option.querySelector(".arrow").classList.contains("up") ? "up" : "down";
      return { direction, kind: text("kind"), preview: text("preview"), form: text("form"), bytes: text("bytes") };
    }),
  );
  return rows.reverse();
}

/** Picks the frame with this number and gives its drawn fields by name. */
export async function drawn(page, number) {
  await page.click(`#frame-${number}`);
  await page.waitForSelector(`#frame[data-number="${number}"]`);
  return page.$$eval("#frame .fields tr", (rows) =>
    Object.fromEntries(rows.map((row) => [row.dataset.field, row.querySelector(".value").textContent])),
  );
}
