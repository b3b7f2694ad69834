import { textOf } from "../bytes.js";
import { readEnvelopes } from "./envelope.js";

/** What an envelope has after its data: a quote and a brace. */
const CLOSING = 2;

/** A poll's body, of which the end may be missing. */
export function readPoll(piece) {
  if (piece === null || piece.size === 0) {
    return { kind: "nothing", count: 0, payload: 0, isExact: true, framing: 0, text: "", lines: [] };
  }
  const { count, size, text, parts, first = null } = readEnvelopes(textOf(piece.bytes));
  const before = parts[0].text.length; // an envelope's beginning is ASCII
  const isArray = parts[0].text.startsWith("[");
  return {
    kind: count === 0 ? "position" : "message",
    count,
    payload: size ?? Math.max(0, piece.size - before - CLOSING),
    isExact: size !== null || !isArray,
    framing: 0,
    text,
    // In an array of which the end is missing, as many messages like the first as there is room for, with commas between.
    ...(size === null && isArray ? { first, around: before + CLOSING } : {}),
    lines: [{ note: "body", parts, more: piece.size - piece.bytes.length }],
  };
}
