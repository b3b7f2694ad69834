import { h } from "../site/dom.js";
import { bits, hex, opcodeName } from "./frame.js";

const ROW = 4;
const PAYLOAD_ROWS = 2;

/**
 * A frame as RFC 6455 5.2 draws it: rows of 32 bits (16 on a narrow screen), a cell per field. Every field but the first
 * sixteen bits comes in whole pairs of bytes, so that a cell never breaks at the end of a row.
 */
export function picture(frame, language) {
  const shown = frame.payload.subarray(0, payloadShown(frame.header.length));
  return h(
    "div",
    { class: "picture", role: "img", "aria-label": language.text("picture.label") },
    ruler(),
    ...firstByte(frame, language),
    ...secondByte(frame, language),
    ...pairs("extended", frame.extended, language.text("field.extended.short", { bits: frame.lengthBits })),
    ...pairs("key", frame.key ?? [], language.text("field.key")),
    ...pairs("payload", shown, language.text("field.payload")),
    rest(frame.length - shown.length, language),
  );
}

// Enough to end a row, so that what is said of the rest begins one.
function payloadShown(headerSize) {
  return PAYLOAD_ROWS * ROW + ((ROW - (headerSize % ROW)) % ROW);
}

function ruler() {
  const numbers = Array.from({ length: 32 }, (_, bit) => h("i", {}, String(bit)));
  return h("div", { class: "ruler" }, ...numbers);
}

function firstByte({ fin, rsv, opcode }, language) {
  return [
    bitCell("fin", bits(Number(fin), 1), "FIN"),
    ...rsv.map((flag, index) => bitCell("rsv", bits(Number(flag), 1), `RSV${index + 1}`)),
    bitCell("opcode", bits(opcode, 4), language.text("field.opcode"), opcodeName(opcode)),
  ];
}

function secondByte({ isMasked, length7 }, language) {
  return [
    bitCell("mask", bits(Number(isMasked), 1), "MASK"),
    bitCell("length", bits(length7, 7), language.text("field.length.short"), String(length7)),
  ];
}

function bitCell(field, digits, name, meaning) {
  return h(
    "div",
    { class: `cell span-${digits.length}`, "data-field": field },
    h("span", { class: "digits" }, ...Array.from(digits, (digit) => h("i", {}, digit))),
    h("span", { class: "name" }, name, meaning ? h("b", {}, meaning) : null),
  );
}

function pairs(field, bytes, name) {
  const cells = [];
  for (let at = 0; at < bytes.length; at += 2) {
    const pair = bytes.slice(at, at + 2);
    cells.push(
      h(
        "div",
        { class: `cell span-${pair.length * 8}`, "data-field": field },
        h("span", { class: "digits bytes" }, ...Array.from(pair, (byte) => h("i", {}, hex([byte])))),
        h("span", { class: "digits small" }, ...Array.from(pair, (byte) => [...bits(byte, 8)]).flat().map((bit) => h("i", {}, bit))),
        h("span", { class: at === 0 ? "name" : "name continued" }, name),
      ),
    );
  }
  return cells;
}

function rest(count, language) {
  const told = () => language.text("picture.rest", { count: language.number(count) });
  return count === 0 ? null : h("div", { class: "cell rest", "data-field": "payload" }, told());
}
