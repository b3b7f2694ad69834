import { open } from "./page.mjs";

/**
 * Opens a page of a server that has nothing of its own; what a test's reader gets there is to be pushed to `got`, and what
 * makes it ready, such as the first cursor, to `ready`.
 */
export async function openReader(browser, url) {
  const opened = await open(browser, url, { prepare: (page) => page.addInitScript(() => Object.assign(window, { got: [], ready: [] })) });
  return { ...opened, got: (count) => gathered(opened.page, "got", count), ready: () => gathered(opened.page, "ready", 1) };
}

/** Waits until so many are there, and gives all. */
async function gathered(page, name, count) {
  await page.waitForFunction(([list, wanted]) => window[list].length >= wanted, [name, count]);
  return page.evaluate((list) => window[list], name);
}

/** What stands in the way of a message that is put into a script, a line, a header or a document. */
export const HOSTILE = [
  "</script><script>got.push('run')</script>",
  "</SCRIPT ><!--<script>",
  "--><![CDATA[ ]]>",
  "\u2028 and \u2029",
  `" ' \` \\ \\" \\u0022 \${1}`,
  "\u0000 \u0007 \ufeff \u202e",
  "&lt;b&gt; &amp; <b>",
  "你好 😀",
  " leading and trailing ",
  "",
];
