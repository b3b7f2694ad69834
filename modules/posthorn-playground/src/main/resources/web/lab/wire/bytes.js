import { wholeCharacters } from "../../frames/characters.js";

const encoder = new TextEncoder();

/** The bytes behind base64. */
export function fromBase64(text) {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}

/** UTF-8 as text, without a character that was cut at the end. */
export function textOf(bytes) {
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes.subarray(0, wholeCharacters(bytes)));
}

/** How many bytes a text takes in UTF-8. */
export function sizeOf(text) {
  return encoder.encode(text).length;
}

/** Text as it can be shown: control characters, and those that turn text around, have a stand-in. */
export function shown(text) {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, "·");
}
