import { fromBase64 } from "./bytes.js";
import { transportOf } from "./notes.js";
import { read } from "./readings/reading.js";

const KEPT = 60;

/** What does not take away what someone reads: a question without its answer, and what only keeps a connection alive. */
const QUIET = new Set(["waiting", "cut", "keep-alive", "ping", "pong"]);

/**
 * What is known of one reader's wire: its latest exchanges, and the rows that can be picked. A poll is a row, question and
 * answer together; a stream has one for its heads, and one for each piece.
 */
export class WireRecord {
  #exchanges = [];
  #rows = [];

  /** The rows, oldest first: `{id, exchange, piece, reading}`; `piece` is null for the heads of a stream. */
  get rows() {
    return this.#rows;
  }

  /** The newest that says something; null where there is none at all. */
  get newest() {
    return this.#rows.findLast(({ reading }) => !QUIET.has(reading.kind)) ?? this.#rows.at(-1) ?? null;
  }

  /** @param told what the server says of one exchange; what it said before may be said again */
  add(told) {
    const exchange = this.#exchangeOf(told);
    if (exchange === null) {
      return;
    }
    exchange.response = told.response ?? "";
    exchange.responseBytes = told.responseBytes ?? 0;
    const pieces = (told.pieces ?? []).filter((piece) => !exchange.known.has(keyOf(piece)));
    for (const piece of pieces) {
      remember(exchange.known, keyOf(piece));
      exchange.count++;
      this.#addPiece(exchange, { ...piece, bytes: fromBase64(piece.bytes ?? "") });
    }
    this.#update(exchange);
    this.#forget();
  }

  #exchangeOf(told) {
    const latest = this.#exchanges.at(-1);
    if (latest && placeOf(latest.request) !== placeOf(told.request)) {
      this.#clear(); // another visit, which counts anew
    }
    const known = this.#exchanges.find(({ number }) => number === told.exchange);
    const isForgotten = !known && this.#exchanges.some(({ number }) => number > told.exchange);
    return isForgotten ? null : (known ?? this.#begin(told));
  }

  #begin({ exchange: number, request, requestBytes }) {
    const transport = transportOf(request);
    const isPoll = transport === "short-polling" || transport === "long-polling";
    const heads = { number, request, requestBytes, response: "", responseBytes: 0 };
    const exchange = { ...heads, transport, isPoll, isOver: false, body: null, count: 0, known: new Set() };
    this.#end(this.#exchanges.at(-1), number);
    this.#exchanges.push(exchange);
    this.#rows.push({ id: String(number), exchange, piece: null, reading: read(exchange, null) });
    return exchange;
  }

  #addPiece(exchange, piece) {
    if (exchange.isPoll) {
      exchange.body = piece;
      return;
    }
    this.#rows.push({ id: `${exchange.number}-${exchange.count}`, exchange, piece, reading: read(exchange, piece) });
  }

  // The row of the heads, which is a poll's only one, says more once there is an answer.
  #update(exchange) {
    const row = this.#rows.find(({ id }) => id === String(exchange.number));
    const reading = read(exchange, exchange.body);
    if (row && (row.piece !== exchange.body || row.reading.kind !== reading.kind)) {
      row.piece = exchange.body;
      row.reading = reading;
    }
  }

  // Where exchanges were left out between two, nobody knows whether the first one got its answer.
  #end(exchange, next) {
    if (!exchange) {
      return;
    }
    exchange.isOver = true;
    this.#update(exchange);
    if (exchange.response === "" && next > exchange.number + 1) {
      this.#rows = this.#rows.filter((row) => row.exchange !== exchange);
    }
  }

  #forget() {
    this.#rows.splice(0, this.#rows.length - KEPT);
    this.#exchanges = this.#exchanges.filter(
      (exchange, index) => index === this.#exchanges.length - 1 || this.#rows.some((row) => row.exchange === exchange),
    );
  }

  #clear() {
    this.#exchanges = [];
    this.#rows = [];
  }
}

/** The path that was asked for; each visit has its own. */
function placeOf(request) {
  return request.split("\n")[0].split("?")[0];
}

function keyOf({ from, micros, size, bytes }) {
  return [from, micros, size, bytes].join(" ");
}

/** Only what was told lately is told again. */
function remember(known, key) {
  known.add(key);
  if (known.size > KEPT) {
    known.delete(known.keys().next().value);
  }
}
