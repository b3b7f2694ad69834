import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { launch } from "./browser.mjs";
import { drawn, frames, openPage, press, say } from "./page.mjs";

/** Takes pictures of the page for people to look at: `node screenshots.mjs FOLDER`. */
const folder = process.argv[2] ?? "screenshots";
const greetings = { en: "Hello, world", zh: "你好，世界" };

mkdirSync(folder, { recursive: true });
const browser = await launch();
for (const lang of ["en", "zh"]) {
  for (const colorScheme of ["light", "dark"]) {
    for (const width of [1280, 390, 320]) {
      const { page, context } = await openPage(browser, { lang, colorScheme, width, deviceScaleFactor: width < 720 ? 2 : 1 });
      const shoot = (name, fullPage = true) =>
        page.screenshot({ path: join(folder, `${lang}-${colorScheme}-${width}-${name}.png`), fullPage });
      await shoot("start");
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
