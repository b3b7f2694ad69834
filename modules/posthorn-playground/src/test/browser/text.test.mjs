import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { charactersOf, visible, wholeCharacters } from "../../main/resources/web/frames/characters.js";
import { closeFault, sizeOf, textOf } from "../../main/resources/web/frames/samples.js";
import { en } from "../../main/resources/web/frames/text.en.js";
import { zh } from "../../main/resources/web/frames/text.zh.js";
import { en as frontEn } from "../../main/resources/web/front/text.en.js";
import { zh as frontZh } from "../../main/resources/web/front/text.zh.js";
import { en as transportsEn } from "../../main/resources/web/transports/text.en.js";
import { zh as transportsZh } from "../../main/resources/web/transports/text.zh.js";

const WEB = new URL("../../main/resources/web/", import.meta.url);
const PAGES = [
  { file: "index.html", en: frontEn, zh: frontZh },
  { file: "frames/index.html", en, zh },
  { file: "transports/index.html", en: transportsEn, zh: transportsZh },
];

function places(sentence) {
  return (sentence.match(/\{\w+\}/g) ?? []).sort();
}

for (const page of PAGES) {
  const html = readFileSync(new URL(page.file, WEB), "utf8");

  test(`${page.file}: both languages have the same texts, with the same places to fill`, () => {
    assert.deepEqual(Object.keys(page.en).sort(), Object.keys(page.zh).sort());
    for (const key of Object.keys(page.en)) {
      assert.deepEqual(places(page.zh[key]), places(page.en[key]), key);
      assert.notEqual(page.zh[key].trim(), "", key);
    }
  });

  test(`${page.file} asks only for texts that there are`, () => {
    const asked = [...html.matchAll(/data-(?:text|label|placeholder)="([^"]+)"/g)].map(([, key]) => key);
    assert.ok(asked.length > 15);
    assert.deepEqual(asked.filter((key) => !(key in page.en)), []);
  });

  test(`no script, style or handler stands in ${page.file} itself`, () => {
    const known = "www\\.rfc-editor\\.org|www\\.w3\\.org|html\\.spec\\.whatwg\\.org";
    assert.doesNotMatch(html, new RegExp(`<script(?![^>]* src=)|<style|\\sstyle=|\\son\\w+=|https?://(?!${known})`));
  });
}

test("every file of the pages has at most 400 lines", () => {
  for (const name of readdirSync(WEB, { recursive: true }).filter((each) => /\.\w+$/.test(each))) {
    const lines = readFileSync(new URL(name, WEB), "utf8").split("\n").length - 1;
    assert.ok(lines <= 400, `${name} has ${lines} lines`);
  }
});

test("each byte of UTF-8 knows the character that it begins", () => {
  const bytes = new TextEncoder().encode("a说😀");
  assert.deepEqual(charactersOf(bytes), ["a", "说", "", "", "😀", "", "", ""]);
  assert.deepEqual(charactersOf(bytes.subarray(0, 3)), ["a", null, null]);
  assert.deepEqual(charactersOf(Uint8Array.of(0xff, 0x41)), [null, "A"]);
  assert.equal(wholeCharacters(bytes.subarray(0, 3)), 1);
  assert.equal(wholeCharacters(bytes), bytes.length);
});

test("spaces and control characters have a stand-in", () => {
  assert.deepEqual([" ", "\n", "\u0001", "\u202e", "x", "说"].map(visible), ["␣", "\\n", "·", "·", "x", "说"]);
});

test("the samples have exactly the sizes that the buttons promise", () => {
  assert.deepEqual([5, 126, 65536].map((length) => sizeOf(textOf(length))), [5, 126, 65536]);
});

test("only codes that may be sent are sent", () => {
  assert.equal(closeFault(1000, "", false), null);
  assert.equal(closeFault(4999, "", false), null);
  assert.equal(closeFault(1001, "", false), "close.fault.code");
  assert.equal(closeFault(1001, "", true), null);
  assert.equal(closeFault(1005, "", true), "close.fault.server");
  assert.equal(closeFault(NaN, "", true), "close.fault.server");
  assert.equal(closeFault(1000, "说".repeat(42), false), "close.fault.reason");
  assert.equal(closeFault(null, "", false), null);
  assert.equal(closeFault(null, "why", false), "close.fault.bare");
  assert.equal(closeFault(null, "", true), "close.fault.server");
});
