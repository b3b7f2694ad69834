import { textOf } from "../bytes.js";

const CR = 0x0d;
const LF = 0x0a;

/**
 * A chunk as it stood on the wire (RFC 9112 7.1): its size in hex, CRLF, so many bytes, CRLF. Of long ones the end is not
 * told.
 *
 * @param piece `bytes`, and `size`, which counts those that are missing too
 */
export function readChunk({ bytes, size }) {
  const lineEnd = bytes.findIndex((byte, index) => byte === CR && bytes[index + 1] === LF);
  const sizeLine = String.fromCharCode(...bytes.subarray(0, Math.max(0, lineEnd)));
  const length = /^[0-9a-f]+/i.test(sizeLine) ? parseInt(sizeLine, 16) : 0;
  const begin = lineEnd < 0 ? bytes.length : lineEnd + 2;
  const content = bytes.subarray(begin, begin + length);
  return { sizeLine, length, content, missing: length - content.length, framing: size - length };
}

/** The line that a chunk begins with, to be drawn. */
export function chunkStart({ sizeLine, length }) {
  const note = length === 0 ? "chunk.last" : "chunk";
  return { note, values: { hex: sizeLine, size: length }, parts: [{ text: sizeLine, role: "size" }], end: "CRLF" };
}

/** The CRLF that a chunk ends with, to be drawn where it was told. */
export function chunkEnd({ missing }) {
  return missing > 0 ? [] : [{ note: "chunk.end", parts: [], end: "CRLF" }];
}

/** The lines in a chunk: those that are whole end with LF; the last one may be cut, or go on in the next chunk. */
export function linesOf({ content, missing }) {
  const lines = textOf(content).split("\n");
  const rest = lines.pop();
  const whole = lines.map((line) => ({ line, end: "LF" }));
  return rest === "" && missing === 0 ? whole : [...whole, { line: rest }];
}
