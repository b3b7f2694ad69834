import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { BASE_URL, launch } from "./browser.mjs";
import { drawn, frames, open, openPage, press, say } from "./page.mjs";

/** Takes pictures of the pages for people to look at: `node screenshots.mjs FOLDER`. */
const folder = process.argv[2] ?? "screenshots";
const greetings = { en: "Hello, world", zh: "你好，世界" };

mkdirSync(folder, { recursive: true });
const browser = await launch();
for (const lang of ["en", "zh"]) {
  for (const colorScheme of ["light", "dark"]) {
    for (const width of [1280, 390, 320]) {
      const settings = { colorScheme, width, deviceScaleFactor: width < 720 ? 2 : 1 };
      const path = (name) => join(folder, `${lang}-${colorScheme}-${width}-${name}.png`);
      await shootFront(`${BASE_URL}/?lang=${lang}`, settings, path);
      await shootLab(`${BASE_URL}/lab/?lang=${lang}`, settings, path);
      await shootTransports(`${BASE_URL}/transports/?lang=${lang}`, settings, path);
      const { page, context } = await openPage(browser, { lang, ...settings });
      const shoot = (name, fullPage = true) => page.screenshot({ path: path(name), fullPage });
      await shoot("frames");
      await say(page, greetings[lang]);
      await press(page, "text126");
      await press(page, "fragments");
      await press(page, "ping");
      await frames(page, 9);
      await shoot("pressed", false);
      await drawn(page, 1);
      await shoot("frame");
      await context.close();
    }
  }
}
await browser.close();

async function shootFront(url, settings, path) {
  const { page, context } = await open(browser, url, settings);
  await page.waitForSelector("#clock[data-state=open]");
  await page.screenshot({ path: path("front"), fullPage: true });
  await context.close();
}

async function shootLab(url, settings, path) {
  const { page, context } = await open(browser, url, settings);
  const shoot = (name, fullPage = false) => page.screenshot({ path: path(`lab-${name}`), fullPage });
  await page.waitForTimeout(8000);
  await shoot("begin");
  await page.click("[data-control=offline]");
  await page.waitForTimeout(2000);
  await shoot("offline");
  await page.waitForSelector("#outcome [data-told=late]");
  await shoot("back");
  await page.click("[data-control=cut]");
  await page.waitForSelector("#outcome [data-told=whole]");
  for (const transport of ["websocket", "short-polling", "iframe", "long-polling"]) {
    await page.click(`.route [data-transport=${transport}]`);
    await page.waitForTimeout(3000);
  }
  for (const part of ["plots", "sums", "traveller", "wire", "which", "counted"]) {
    await page.locator(`#${part}-title`).evaluate((element) => element.scrollIntoView());
    await page.waitForTimeout(2000);
    await shoot(part);
  }
  await shoot("whole", true);
  await context.close();
}

async function shootTransports(url, settings, path) {
  const { page, context } = await open(browser, url, settings);
  await page.waitForSelector("#websocket .line");
  await page.screenshot({ path: path("transports"), fullPage: true });
  for (const [name, choice] of [["iframe", 1], ["iframe", 2], ["event-source", 2]]) {
    await page.click(`#${name} .choice button:nth-child(${choice})`);
    await page.locator(`#${name}`).evaluate((element) => element.scrollIntoView());
    await page.waitForTimeout(2000);
    await page.screenshot({ path: path(`${name}-${choice}`) });
  }
  await context.close();
}
