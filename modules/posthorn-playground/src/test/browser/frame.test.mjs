import assert from "node:assert/strict";
import { test } from "node:test";
import { bits, closeReason, decodeFrame, decodeRecord, hex } from "../../main/resources/web/frames/frame.js";
import { Trail } from "../../main/resources/web/frames/trail.js";

function bytes(text) {
  return Uint8Array.from(text.replace(/\s/g, "").match(/../g) ?? [], (pair) => parseInt(pair, 16));
}

function plainText({ plain }) {
  return new TextDecoder().decode(plain);
}

// The samples of RFC 6455 5.7.
test("a single-frame unmasked text message", () => {
  const frame = decodeFrame(bytes("81 05 48 65 6c 6c 6f"));
  assert.equal(frame.fin, true);
  assert.deepEqual(frame.rsv, [false, false, false]);
  assert.equal(frame.opcode, 1);
  assert.equal(frame.isMasked, false);
  assert.equal(frame.key, null);
  assert.equal(frame.length, 5);
  assert.equal(frame.lengthBits, 7);
  assert.equal(frame.size, 7);
  assert.equal(plainText(frame), "Hello");
});

test("a single-frame masked text message is unmasked", () => {
  const frame = decodeFrame(bytes("81 85 37 fa 21 3d 7f 9f 4d 51 58"));
  assert.equal(frame.isMasked, true);
  assert.equal(hex(frame.key), "37 fa 21 3d");
  assert.equal(hex(frame.payload), "7f 9f 4d 51 58");
  assert.equal(frame.header.length, 6);
  assert.equal(plainText(frame), "Hello");
});

test("fragments: a first frame that is not final, and a continuation", () => {
  const first = decodeFrame(bytes("01 03 48 65 6c"));
  const last = decodeFrame(bytes("80 02 6c 6f"));
  assert.deepEqual([first.fin, first.opcode, plainText(first)], [false, 1, "Hel"]);
  assert.deepEqual([last.fin, last.opcode, plainText(last)], [true, 0, "lo"]);
});

test("a ping and its masked pong", () => {
  assert.equal(decodeFrame(bytes("89 05 48 65 6c 6c 6f")).opcode, 9);
  const pong = decodeFrame(bytes("8a 85 37 fa 21 3d 7f 9f 4d 51 58"));
  assert.deepEqual([pong.opcode, plainText(pong)], [10, "Hello"]);
});

test("a binary message of 256 bytes has a 16-bit length", () => {
  const frame = decodeFrame(bytes("82 7e 01 00 ff"));
  assert.deepEqual([frame.opcode, frame.length7, frame.lengthBits, frame.length], [2, 126, 16, 256]);
  assert.equal(hex(frame.extended), "01 00");
  assert.equal(frame.size, 4 + 256);
});

test("a binary message of 64 KiB has a 64-bit length", () => {
  const frame = decodeFrame(bytes("82 7f 00 00 00 00 00 01 00 00"));
  assert.deepEqual([frame.length7, frame.lengthBits, frame.length, frame.size], [127, 64, 65536, 10 + 65536]);
});

test("the key of a masked frame with a 64-bit length comes after the length", () => {
  const frame = decodeFrame(bytes("81 ff 00 00 00 00 00 01 00 00 01 02 03 04 49"));
  assert.equal(hex(frame.key), "01 02 03 04");
  assert.equal(frame.header.length, 14);
  assert.equal(hex(frame.plain), "48");
});

test("a close has a code and a reason, or neither", () => {
  const close = decodeFrame(bytes("88 05 03 e8 62 79 65"));
  assert.deepEqual([close.opcode, closeReason(close.plain)], [8, { code: 1000, reason: "bye" }]);
  assert.deepEqual(closeReason(bytes("")), { code: null, reason: "" });
});

test("reserved bits are seen one by one", () => {
  assert.deepEqual(decodeFrame(bytes("c1 00")).rsv, [true, false, false]);
  assert.deepEqual(decodeFrame(bytes("a1 00")).rsv, [false, true, false]);
  assert.deepEqual(decodeFrame(bytes("91 00")).rsv, [false, false, true]);
});

test("a record is a direction, a time and a frame", () => {
  const record = decodeRecord(bytes("00 00 06 44 1f b3 a0 0b 40 81 80 01 02 03 04"));
  assert.equal(record.fromClient, true);
  assert.equal(record.micros, 0x06441fb3a00b40);
  assert.deepEqual([record.opcode, record.length], [1, 0]);
  assert.equal(decodeRecord(bytes("01 00 06 44 1f b3 a0 0b 40 8a 00")).fromClient, false);
});

test("bits are written with their leading zeros", () => {
  assert.equal(bits(5, 7), "0000101");
});

test("a trail knows which close is the answer", () => {
  const trail = new Trail();
  const answers = (fromClient) => trail.add({ ...decodeFrame(bytes("88 00")), fromClient, micros: 0 }).answersClose;
  assert.deepEqual([answers(true), answers(false)], [false, true]);
  trail.begin();
  assert.deepEqual([answers(false), answers(true)], [false, true]);
});

test("a trail knows the parts of a message, also around a ping", () => {
  const trail = new Trail();
  const add = (text, fromClient = false) => {
    const { kind, part, number } = trail.add({ ...decodeFrame(bytes(text)), fromClient, micros: 0 });
    return [number, kind, part];
  };
  assert.deepEqual(add("01 00"), [1, 1, 1]);
  assert.deepEqual(add("00 00"), [2, 1, 2]);
  assert.deepEqual(add("89 00"), [3, 9, null]);
  assert.deepEqual(add("82 00", true), [4, 2, null]);
  assert.deepEqual(add("80 00"), [5, 1, 3]);
  assert.deepEqual(add("81 00"), [6, 1, null]);
});
