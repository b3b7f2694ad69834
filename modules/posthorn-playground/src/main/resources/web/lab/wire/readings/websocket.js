import { closeReason, decodeFrame, Opcode, opcodeName } from "../../../frames/frame.js";
import { textOf } from "../bytes.js";
import { readEnvelopes } from "./envelope.js";

/** What an envelope has after its data: a quote and a brace. */
const CLOSING = 2;

/** A frame (RFC 6455 5.2), and what is in it. */
export function readFrame(piece) {
  const frame = { ...decodeFrame(piece.bytes), part: null, answersClose: false, fromClient: piece.from === "client" };
  if (frame.opcode !== Opcode.TEXT) {
    return control(frame);
  }
  const { count, size, text, parts } = readEnvelopes(textOf(frame.plain));
  const missing = frame.length - frame.plain.length;
  return {
    kind: count === 0 ? "position" : "message",
    count,
    payload: size ?? frame.length - parts[0].text.length - CLOSING,
    isExact: true,
    framing: frame.header.length,
    text,
    lines: [{ note: "envelope", parts, more: missing }],
    frame,
  };
}

function control(frame) {
  const { code, reason } = closeReason(frame.plain);
  const isClose = frame.opcode === Opcode.CLOSE;
  const text = isClose ? [code, reason].filter(Boolean).join(" ") : textOf(frame.plain);
  return {
    kind: opcodeName(frame.opcode),
    count: 0,
    payload: 0,
    isExact: true,
    framing: frame.header.length,
    text,
    lines: text === "" ? [] : [{ note: isClose ? "close" : null, parts: [{ text }] }],
    frame,
  };
}
