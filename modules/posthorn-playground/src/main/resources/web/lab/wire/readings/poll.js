import { sizeOf, textOf } from "../bytes.js";
import { readEnvelopes } from "./envelope.js";

/** What an envelope has after its data: a quote and a brace. */
const CLOSING = 2;

/** So many messages of a body are drawn; the others are counted. */
const DRAWN = 3;

/** A poll's body, of which the end may be missing. */
export function readPoll(piece) {
  if (piece === null || piece.size === 0) {
    return { kind: "nothing", count: 0, payload: 0, isExact: true, framing: 0, text: "", lines: [] };
  }
  const { count, size, text, parts, first = null } = readEnvelopes(textOf(piece.bytes));
  const before = parts[0].text.length; // an envelope's beginning is ASCII
  const isArray = parts[0].text.startsWith("[");
  const around = before + CLOSING;
  const isWhole = size !== null;
  const all = isWhole ? count : Math.max(count, Math.round(piece.size / ((first ?? piece.size) + around)));
  return {
    kind: count === 0 ? "position" : "message",
    count,
    payload: size ?? Math.max(0, piece.size - before - CLOSING),
    isExact: isWhole || !isArray,
    framing: 0,
    text,
    // In an array of which the end is missing, as many messages like the first as there is room for, with commas between.
    ...(!isWhole && isArray ? { first, around } : {}),
    lines: linesOf(perMessage(parts), piece, { count: all, isWhole }),
  };
}

function linesOf(messages, piece, { count, isWhole }) {
  const lines = messages.slice(0, DRAWN).map((parts, index) => ({ note: index === 0 ? "body" : "body.next", parts }));
  const missing = piece.size - piece.bytes.length;
  if (messages.length <= DRAWN) {
    lines.at(-1).more = missing;
    return lines;
  }
  const drawn = messages.slice(0, DRAWN).flat().map(({ text }) => sizeOf(text));
  const size = piece.size - drawn.reduce((sum, each) => sum + each, 0);
  return [...lines, { note: null, parts: [], rest: { count: count - DRAWN, size, isExact: isWhole } }];
}

/** The parts of each envelope with the comma behind it. */
function perMessage(parts) {
  const messages = [[]];
  for (const part of parts) {
    const end = part.role === "payload" ? -1 : part.text.indexOf("},{");
    if (end < 0) {
      messages.at(-1).push(part);
    } else {
      messages.at(-1).push({ ...part, text: part.text.slice(0, end + 2) });
      messages.push([{ ...part, text: part.text.slice(end + 2) }]);
    }
  }
  return messages;
}
