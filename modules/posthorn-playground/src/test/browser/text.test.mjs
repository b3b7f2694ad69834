import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { charactersOf, visible, wholeCharacters } from "../../main/resources/web/start/characters.js";
import { closeFault, sizeOf, textOf } from "../../main/resources/web/start/samples.js";
import { en } from "../../main/resources/web/start/text.en.js";
import { zh } from "../../main/resources/web/start/text.zh.js";

const WEB = new URL("../../main/resources/web/", import.meta.url);

function places(sentence) {
  return (sentence.match(/\{\w+\}/g) ?? []).sort();
}

test("both languages have the same texts, with the same places to fill", () => {
  assert.deepEqual(Object.keys(en).sort(), Object.keys(zh).sort());
  for (const key of Object.keys(en)) {
    assert.deepEqual(places(zh[key]), places(en[key]), key);
    assert.notEqual(zh[key].trim(), "", key);
  }
});

test("the page asks only for texts that there are", () => {
  const html = readFileSync(new URL("index.html", WEB), "utf8");
  const asked = [...html.matchAll(/data-(?:text|label|placeholder)="([^"]+)"/g)].map(([, key]) => key);
  assert.ok(asked.length > 50);
  assert.deepEqual(asked.filter((key) => !(key in en)), []);
});

test("no script, style or handler stands in the page itself", () => {
  const html = readFileSync(new URL("index.html", WEB), "utf8");
  assert.doesNotMatch(html, /<script(?![^>]* src=)|<style|\sstyle=|\son\w+=|https?:\/\/(?!www\.rfc-editor\.org|www\.w3\.org)/);
});

test("every file of the page has at most 400 lines", () => {
  for (const folder of ["", "site/", "start/"]) {
    for (const name of readdirSync(new URL(folder, WEB)).filter((each) => /\.\w+$/.test(each))) {
      const lines = readFileSync(new URL(folder + name, WEB), "utf8").split("\n").length - 1;
      assert.ok(lines <= 400, `${folder}${name} has ${lines} lines`);
    }
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
