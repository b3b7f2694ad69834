// `node show.mjs URL` shows a page in a browser, and prints what is to be read there, as it comes; on the other stream, what
// goes wrong.
import { setTimeout as wait } from "node:timers/promises";
import { launch } from "./browser.mjs";

const browser = await launch();
const page = await browser.newPage();
page.on("pageerror", (error) => console.error(error.message));
page.on("console", (message) => console.error(message.text()));
await page.goto(process.argv[2]);

for (let shown = ""; ; await wait(50)) {
  const text = (await page.innerText("body")).trim();
  if (text !== shown) {
    process.stdout.write((text.startsWith(shown) ? text.slice(shown.length) : `\n${text}`).replace(/\n+/g, "\n"));
    shown = text;
  }
}
