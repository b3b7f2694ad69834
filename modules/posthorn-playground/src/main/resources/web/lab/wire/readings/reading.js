import { readEventStream } from "./event-source.js";
import { readDocument } from "./iframe.js";
import { readPoll } from "./poll.js";
import { readFrame } from "./websocket.js";

const STREAMS = { iframe: readDocument, "event-source": readEventStream, websocket: readFrame };
const EMPTY = { count: 0, payload: 0, isExact: true, framing: 0, text: "", lines: [] };

/**
 * What a piece of an exchange says: its `kind`, how many messages (`count`) and bytes of them (`payload`, `isExact`), the
 * bytes that frame them, the first message's text, and the lines to draw: `{note, values, parts, end, more}`.
 *
 * @param piece null for the heads alone
 */
export function read(exchange, piece) {
  const status = statusOf(exchange.response);
  if (status === null) {
    return { ...EMPTY, kind: exchange.isOver ? "cut" : "waiting" };
  }
  if (![101, 200, 204, 304].includes(status)) {
    return { ...EMPTY, kind: "refused" };
  }
  if (exchange.isPoll) {
    return readPoll(piece);
  }
  return piece === null ? { ...EMPTY, kind: "heads" } : readSafely(STREAMS[exchange.transport], piece);
}

/** The number in an answer's first line; null where there is no answer. */
export function statusOf(response) {
  return response === "" ? null : Number(response.split(" ")[1]);
}

// A frame whose header was cut may not stop the others from being read.
function readSafely(reader, piece) {
  try {
    return reader(piece);
  } catch (failure) {
    if (failure instanceof RangeError) {
      return { ...EMPTY, kind: "other", lines: [{ note: null, parts: [], more: piece.size }] };
    }
    throw failure;
  }
}
