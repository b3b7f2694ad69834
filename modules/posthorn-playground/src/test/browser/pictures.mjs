import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { BASE_URL, launch } from "./browser.mjs";
import { open } from "./page.mjs";

/** Takes the pictures of the lab that the documentation shows, from a server that runs: `npm run pictures [FOLDER]`. */
const folder = process.argv[2] ?? fileURLToPath(new URL("../../../../../docs/images", import.meta.url));

// The least at which the five stand side by side.
const WIDTH = 1200;
// So tall that all is in sight: what is not, is not drawn.
const HEIGHT = 3600;
const BEFORE_THE_CUT = 46_000;
const AFTER_THE_CUT = 15_000;
const MARGIN = 12;

mkdirSync(folder, { recursive: true });
const browser = await launch();
for (const lang of ["en", "zh"]) {
  await shoot(lang);
}
await browser.close();

/** Lets the lab run, cuts its connections once, and takes its pictures when all five are back. */
async function shoot(lang) {
  const { page, context } = await open(browser, `${BASE_URL}/lab/?lang=${lang}`, { width: WIDTH, colorScheme: "light" });
  await page.setViewportSize({ width: WIDTH, height: HEIGHT });
  await page.waitForSelector("#status [data-state=running]");
  await page.waitForTimeout(BEFORE_THE_CUT);
  await page.click("[data-control=cut]");
  await page.waitForTimeout(AFTER_THE_CUT);
  await take(page, `lab.${lang}.png`, ["#controls", "#outcome", "#panels dl"]);
  await take(page, `lab-minute.${lang}.png`, ["#plots figcaption", "#plots .plot-stage"]);
  await context.close();
}

/** All that these have between them. */
async function take(page, name, selectors) {
  const boxes = await page.$$eval(selectors.join(), (all) =>
    all.map((each) => {
      const { left, top, right, bottom } = each.getBoundingClientRect();
      return { left, top, right, bottom };
    }),
  );
  const least = (edge) => Math.min(...boxes.map((box) => box[edge]));
  const most = (edge) => Math.max(...boxes.map((box) => box[edge]));
  const [x, y] = [least("left") - MARGIN, least("top") - MARGIN];
  const clip = { x, y, width: most("right") + MARGIN - x, height: most("bottom") + MARGIN - y };
  await page.screenshot({ path: join(folder, name), clip });
}
