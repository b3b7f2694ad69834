import { textOf } from "../bytes.js";
import { readEnvelopes } from "./envelope.js";

/** What an envelope has after its data: a quote and a brace. */
const CLOSING = 2;

/** A poll's body, of which the end may be missing; null where there is none. */
export function readPoll(piece) {
  if (piece === null || piece.size === 0) {
    return { kind: "nothing", count: 0, payload: 0, isExact: true, framing: 0, text: "", lines: [] };
  }
  const missing = piece.size - piece.bytes.length;
  const { count, size, text, parts } = readEnvelopes(textOf(piece.bytes));
  return {
    kind: count === 0 ? "position" : "message",
    count,
    payload: size ?? Math.max(0, piece.size - sizeBefore(parts) - CLOSING),
    isExact: size !== null || text.startsWith("{"), // of several, nobody knows where the others begin
    framing: 0,
    text,
    lines: [{ note: "body", parts, more: missing }],
  };
}

function sizeBefore(parts) {
  return parts[0].text.length; // an envelope's beginning is ASCII
}
