import { h, rich } from "../site/dom.js";
import { charactersOf, visible, wholeCharacters } from "./characters.js";
import { closeReason, hex, Opcode } from "./frame.js";

const PER_ROW = 8;

/** The payload as it was meant: as text where it is text, as code and reason in a close frame, and always as bytes. */
export function payload(frame, language) {
  if (frame.length === 0) {
    return h("p", { class: "text" }, language.text(frame.kind === Opcode.CLOSE ? "payload.empty.close" : "payload.empty"));
  }
  return h("div", { class: "payload" }, truncation(frame, language), meaning(frame, language), dump(frame));
}

function meaning(frame, language) {
  if (frame.rsv[0]) {
    return h("p", { class: "text" }, ...rich(language.text("payload.deflated")));
  }
  if (frame.kind === Opcode.CLOSE) {
    return closing(frame, language);
  }
  return frame.kind === Opcode.BINARY ? null : h("p", { class: "words" }, ellipsed(frame));
}

function ellipsed(frame) {
  return frame.plain.length < frame.length ? `${wordsOf(frame)}…` : wordsOf(frame);
}

/** The payload's text, as far as it is known, without a character that was cut. */
export function wordsOf({ plain }) {
  return new TextDecoder().decode(plain.subarray(0, wholeCharacters(plain)));
}

function closing({ plain }, language) {
  const { code, reason } = closeReason(plain);
  const known = [1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011].includes(code);
  return h(
    "p",
    { class: "words" },
    h("b", { class: "code" }, String(code)),
    ` ${language.text(known ? `code.${code}` : "code.other")}`,
    reason === "" ? null : h("span", { class: "reason" }, reason),
  );
}

function dump({ plain }) {
  const characters = charactersOf(plain);
  const rows = [];
  for (let at = 0; at < plain.length; at += PER_ROW) {
    const shown = characters.slice(at, at + PER_ROW).map((character) => (character ? visible(character) : "·"));
    rows.push(
      h(
        "div",
        { class: "row" },
        h("span", { class: "offset" }, at.toString(16).padStart(4, "0")),
        h("span", { class: "bytes" }, hex(plain.subarray(at, at + PER_ROW))),
        h("span", { class: "characters" }, ...shown.map((character) => h("i", {}, character))),
      ),
    );
  }
  return h("div", { class: "dump" }, ...rows);
}

function truncation({ plain, length }, language) {
  return plain.length === length
    ? null
    : h(
        "p",
        { class: "hint" },
        language.text("payload.first", { shown: plain.length, count: language.number(length) }),
      );
}
