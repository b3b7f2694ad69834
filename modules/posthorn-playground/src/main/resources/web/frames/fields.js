import { h, rich } from "../site/dom.js";
import { bits, hex, Opcode, opcodeName } from "./frame.js";

/** Says of each field what it holds and what that means, in the order of the wire. */
export function fieldTable(frame, language) {
  const rows = [
    finRow(frame),
    rsvRow(frame),
    opcodeRow(frame),
    { field: "mask", value: bits(Number(frame.isMasked), 1), meaning: frame.isMasked ? "mask.yes" : "mask.no" },
    { field: "length", value: `${bits(frame.length7, 7)} = ${frame.length7}`, meaning: `length.${frame.lengthBits}` },
    extendedRow(frame, language),
    frame.key && { field: "key", value: hex(frame.key), meaning: "key" },
    payloadRow(frame, language),
  ];
  return h(
    "table",
    { class: "fields" },
    h("caption", {}, language.text("fields.title")),
    h("tbody", {}, ...rows.filter(Boolean).map((row) => tableRow(row, language))),
  );
}

function tableRow({ field, value, meaning, values }, language) {
  return h(
    "tr",
    { "data-field": field },
    h("th", { scope: "row" }, language.text(`field.${field}`)),
    h("td", { class: "value" }, value),
    h("td", {}, ...rich(language.text(`meaning.${meaning}`, values))),
  );
}

function finRow({ fin, opcode, part }) {
  const isControl = opcode >= Opcode.CLOSE;
  const last = part === null ? "fin.only" : "fin.last";
  return { field: "fin", value: bits(Number(fin), 1), meaning: isControl ? "fin.control" : fin ? last : "fin.more" };
}

function rsvRow({ rsv }) {
  const value = rsv.map((flag) => bits(Number(flag), 1)).join(" ");
  return { field: "rsv", value, meaning: rsv[0] ? "rsv.deflate" : "rsv.none" };
}

function opcodeRow({ opcode, answersClose }) {
  const value = `${bits(opcode, 4)} = 0x${opcode.toString(16).toUpperCase()}`;
  const name = answersClose ? "close.answer" : opcodeName(opcode);
  return { field: "opcode", value, meaning: `opcode.${name}` };
}

function extendedRow({ extended, length, lengthBits }, language) {
  const values = { length: language.number(length), bits: lengthBits };
  return extended.length > 0 && { field: "extended", value: hex(extended), meaning: "extended", values };
}

function payloadRow({ length, isMasked, opcode }, language) {
  const value = language.text("bytes", { count: language.number(length) });
  const wire = isMasked ? "masked" : "plain";
  const content = opcode === Opcode.CLOSE ? closeContent(length) : length === 0 ? "none" : wire;
  return { field: "payload", value, meaning: `payload.${content}` };
}

function closeContent(length) {
  if (length === 0) {
    return "close.none";
  }
  return length === 2 ? "close.code" : "close.reason";
}
