import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch } from "./browser.mjs";
import { drawn, frames, isOpen, openPage, press, say } from "./page.mjs";

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser.close());

async function withPage(check, settings) {
  const { page, complaints, context } = await openPage(browser, settings);
  await check(page);
  assert.deepEqual(complaints, []);
  await context.close();
}

/** What the table says of one field of the frame with this number. */
async function meaning(page, number, field) {
  await drawn(page, number);
  return page.textContent(`#frame .fields [data-field=${field}] td:last-child`);
}

function lastWords(page) {
  return page.textContent("#log li.server:last-child .words");
}

test("what is typed comes back, and both frames are shown", () =>
  withPage(async (page) => {
    await say(page, "héllo 你好 😀");
    await page.waitForSelector("#log li.server");
    assert.equal(await lastWords(page), "服务器说：héllo 你好 😀");
    assert.equal(await page.inputValue("#words"), "");
    const [sent, received] = await frames(page, 2);
    assert.deepEqual([sent.direction, sent.kind, sent.preview], ["up", "Text", "héllo 你好 😀"]);
    assert.deepEqual([received.direction, received.preview], ["down", "服务器说：héllo 你好 😀"]);
  }));

test("what the browser sent stays in view when its echo comes, unmasked", () =>
  withPage(async (page) => {
    await say(page, "Hello");
    await frames(page, 2);
    assert.equal(await page.getAttribute("#frame", "data-number"), "1");
    assert.equal(await page.locator("#frame .tables").count(), 1);
    assert.match(await page.textContent("#log li.server .details"), /^20 bytes, 15 of them for 服务器说： · back after/);
    await press(page, "fragments");
    await page.waitForSelector('#frame[data-number="5"]');
  }));

test("of a long text the beginning is shown, and the whole on demand", () =>
  withPage(async (page) => {
    await press(page, "text65536");
    await frames(page, 2);
    assert.match(await page.textContent("#frame .payload .words"), /^(0123456789abcdef){8}…$/);
    assert.equal(await page.textContent("#frame .payload .hint"), "Shown are the first 128 of 65,536 bytes.");
    const words = page.locator("#log li.me .words");
    assert.equal(await words.locator(".whole").textContent(), "");
    await words.locator("summary").click();
    await page.waitForFunction(() => document.querySelector("#log .whole").textContent.length === 65536);
  }));

test("right-to-left marks turn nothing around but the text that they stand in", () =>
  withPage(async (page) => {
    await say(page, "\u202eabc");
    await page.waitForSelector("#log li.server");
    await frames(page, 2);
    assert.equal(await page.locator("#log li.me bdi.words").count(), 1);
    assert.equal(await page.locator("#timeline .preview > bdi").count(), 2);
  }));

test("markup is shown as text", () =>
  withPage(async (page) => {
    const markup = "<img src=x onerror=alert(1)><b>x</b>";
    await say(page, markup);
    await page.waitForSelector("#log li.server");
    assert.equal(await lastWords(page), `服务器说：${markup}`);
    assert.equal(await page.textContent("#frame .payload .words"), markup);
    await frames(page, 2);
    await drawn(page, 2);
    assert.equal(await page.textContent("#frame .payload .words"), `服务器说：${markup}`);
    assert.equal(await page.locator("main img, #log b").count(), 0);
  }));

for (const [action, length, bits, header, length7] of [
  ["text5", 5, 7, 6, "0000101 = 5"],
  ["text126", 126, 16, 8, "1111110 = 126"],
  ["text65536", 65536, 64, 14, "1111111 = 127"],
]) {
  test(`${length} bytes of text take the ${bits}-bit length`, () =>
    withPage(async (page) => {
      await press(page, action);
      const [sent, received] = await frames(page, 2);
      const number = (value) => value.toLocaleString("en");
      assert.deepEqual([sent.form, sent.bytes], [`${bits}-bit`, `${number(header + length)} B`]);
      const answer = length + 15; // 服务器说： is five characters of three bytes
      assert.deepEqual([received.form, received.bytes], [`${bits}-bit`, `${number(header - 4 + answer)} B`]);
      const fields = await drawn(page, 1);
      assert.deepEqual([fields.fin, fields.opcode, fields.mask], ["1", "0001 = 0x1", "1"]);
      assert.equal(fields.length, length7);
      assert.match(fields.key, /^([0-9a-f]{2} ?){4}$/);
      assert.equal(fields.payload, `${number(length)} bytes`);
      const extended = length.toString(16).padStart(bits / 4, "0");
      assert.equal(fields.extended?.replaceAll(" ", ""), bits === 7 ? undefined : extended);
      assert.equal((await drawn(page, 2)).mask, "0");
    }));
}

test("binary comes back as it was sent", () =>
  withPage(async (page) => {
    await press(page, "binary");
    const [sent, received] = await frames(page, 2);
    assert.deepEqual([sent.kind, received.kind], ["Binary", "Binary"]);
    assert.equal(received.preview, "00 11 22 33 44 55 66 77 88 99 aa bb cc dd ee ff");
    assert.equal((await drawn(page, 2)).opcode, "0010 = 0x2");
  }));

test("a fragmented message comes in three frames, of which the last is final", () =>
  withPage(async (page) => {
    await press(page, "fragments");
    await page.waitForSelector("#log li.server");
    assert.equal(await lastWords(page), "One message, three frames.");
    const told = await frames(page, 3);
    const numbers = told.flatMap(({ kind }, index) => (/Text|Continuation/.test(kind) ? [index + 1] : []));
    const parts = [];
    for (const number of numbers) {
      const { fin, opcode } = await drawn(page, number);
      parts.push([fin, opcode]);
    }
    assert.deepEqual(parts, [
      ["0", "0001 = 0x1"],
      ["0", "0000 = 0x0"],
      ["1", "0000 = 0x0"],
    ]);
  }));

test("the server's ping is answered by the browser", () =>
  withPage(async (page) => {
    await press(page, "ping");
    const [ping, pong] = await frames(page, 2);
    assert.deepEqual([ping.direction, ping.kind, ping.preview], ["down", "Ping", "are you there?"]);
    assert.deepEqual([pong.direction, pong.kind, pong.preview], ["up", "Pong", "are you there?"]);
    assert.equal((await drawn(page, 1)).opcode, "1001 = 0x9");
    assert.equal((await drawn(page, 2)).opcode, "1010 = 0xA");
  }));

test("the unmasking is right, byte by byte and bit by bit", () =>
  withPage(async (page) => {
    await press(page, "text5");
    await frames(page, 2);
    await drawn(page, 1);
    const row = (name) => page.$$eval(`.tables .${name} td`, (cells) => cells.map((cell) => cell.firstChild.data));
    const [masked, key, plain] = [await row("masked"), await row("key"), await row("plain")];
    assert.deepEqual(plain, ["48", "65", "6c", "6c", "6f"]);
    assert.deepEqual(await row("character"), ["H", "e", "l", "l", "o"]);
    masked.forEach((byte, index) => assert.equal(parseInt(byte, 16) ^ parseInt(key[index], 16), parseInt(plain[index], 16)));
    await page.focus(".tables");
    await page.keyboard.press("ArrowRight");
    assert.equal(await page.textContent(".xor .plain .hex"), "65");
    const digits = await page.$$eval(".xor .plain i", (cells) => cells.map((cell) => cell.textContent).join(""));
    assert.equal(digits, "01100101");
  }));

test("a close by the page shows code and reason, and a new handshake brings the echo back", () =>
  withPage(async (page) => {
    const firstKey = await page.textContent("#steps li:first-child .shown");
    await page.fill("#close-code", "4000");
    await page.fill("#close-reason", "再见");
    await page.click("#closing [type=submit]");
    await page.waitForSelector("#status[data-state=closed]");
    const [sent, received] = await frames(page, 2);
    assert.deepEqual([sent.direction, sent.kind, sent.preview], ["up", "Close", "4000 再见"]);
    assert.deepEqual([received.direction, received.kind], ["down", "Close"]);
    assert.equal(await page.textContent("#status"), "You closed with 4000: 再见");
    assert.equal(await page.textContent("#log li:last-child"), "You closed with 4000: 再见");
    assert.match(await meaning(page, 1, "opcode"), /^Begins the end/);
    assert.match(await meaning(page, 1, "payload"), /then the reason/);
    assert.match(await meaning(page, 2, "opcode"), /^Answers the other side’s close/);
    assert.equal(await page.isDisabled("[data-action=text5]"), true);
    await page.click("#reconnect");
    await isOpen(page);
    await page.waitForFunction((key) => document.querySelector("#steps .shown").textContent !== key, firstKey);
    await say(page, "again");
    await page.waitForSelector("#log li.server");
    assert.equal(await lastWords(page), "服务器说：again");
  }));

test("a close without a code has an empty frame", () =>
  withPage(async (page) => {
    await page.fill("#close-code", "");
    await page.click("#closing [type=submit]");
    await page.waitForSelector("#status[data-state=closed]");
    const [sent, received] = await frames(page, 2);
    assert.deepEqual([sent.direction, sent.kind, sent.bytes, sent.preview], ["up", "Close", "6 B", ""]);
    assert.deepEqual([received.direction, received.kind], ["down", "Close"]);
    assert.equal(await page.textContent("#status"), "You closed without a code");
    assert.match(await meaning(page, 1, "payload"), /without a code/);
  }));

test("a close by the server shows the code that was asked for", () =>
  withPage(async (page) => {
    await page.fill("#close-code", "4321");
    await page.fill("#close-reason", "see you");
    await press(page, "serverClose");
    await page.waitForSelector("#status[data-state=closed]");
    const [sent, received] = await frames(page, 2);
    assert.deepEqual([sent.direction, sent.kind, sent.preview], ["down", "Close", "4321 see you"]);
    assert.equal(received.direction, "up");
    assert.equal(await page.textContent("#status"), "The server closed with 4321: see you");
  }));

test("a code that a page may not send is refused in words", () =>
  withPage(async (page) => {
    await page.fill("#close-code", "1006");
    await page.click("#closing [type=submit]");
    assert.match(await page.textContent("#close-fault"), /3000 to 4999/);
    await page.click("[data-language=zh]");
    assert.match(await page.textContent("#close-fault"), /3000 到 4999/);
    await page.fill("#close-code", "1000");
    assert.equal(await page.textContent("#close-fault"), "");
    assert.equal(await page.getAttribute("#status", "data-state"), "open");
  }));

test("all buttons together show every opcode and every length form", () =>
  withPage(async (page) => {
    for (const action of ["text5", "text126", "text65536", "binary", "fragments", "ping"]) {
      await press(page, action);
    }
    await page.waitForFunction(() => document.querySelectorAll("#seen .yes").length === 8);
    await page.click("#closing [type=submit]");
    await page.waitForFunction(() => document.querySelectorAll("#seen .yes").length === 9);
    assert.match(await page.textContent("#seen-sum"), /All 9/);
  }));

test("a frame that was picked stays until the reader follows the newest again", () =>
  withPage(async (page) => {
    await say(page, "one");
    await frames(page, 2);
    await drawn(page, 1);
    await say(page, "two");
    await frames(page, 4);
    assert.equal(await page.getAttribute("#frame", "data-number"), "1");
    await page.focus("#timeline");
    await page.keyboard.press("ArrowUp");
    assert.equal(await page.getAttribute("#frame", "data-number"), "2");
    await page.click("#follow");
    assert.equal(await page.getAttribute("#frame", "data-number"), "3");
  }));

test("the handshake is shown, and the accept value derived from its key", () =>
  withPage(async (page) => {
    await page.waitForSelector("#verdict.equal");
    assert.match(await page.textContent("#request .start"), /^GET \/echo\?inspect=\S+ HTTP\/1\.1$/);
    assert.match(await page.textContent("#response .start"), /^HTTP\/1\.1 101 /);
    const steps = await page.$$eval("#steps .shown", (shown) => shown.map((each) => each.textContent));
    assert.equal(steps[1], `${steps[0]}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`);
    assert.equal(Buffer.from(steps[2].replaceAll(" ", ""), "hex").toString("base64"), steps[3]);
    assert.equal(steps[4], steps[3]);
  }));
