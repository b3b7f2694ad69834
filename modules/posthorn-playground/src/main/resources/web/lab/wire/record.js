import { fromBase64 } from "./bytes.js";
import { transportOf } from "./notes.js";
import { read } from "./readings/reading.js";

const KEPT = 60;

/** How many exchanges of a reader the server remembers; what it has not said of an older one it never will. */
const REMEMBERED = 4;

/** What does not take away what someone reads: a question without its answer, an end, what only keeps a connection alive. */
const QUIET = new Set(["waiting", "cut", "over", "keep-alive", "ping", "pong"]);

/** The pieces that say themselves that nothing follows. */
const LAST = new Set(["end", "close", "refused"]);

/**
 * What is known of one reader's wire: its latest exchanges, and the rows that can be picked. A poll is a row, question and
 * answer together; a stream has one for its heads, one for each piece, and one for its end where no piece tells it.
 */
export class WireRecord {
  #exchanges = [];
  #rows = [];
  #left = null;

  /**
   * The rows, oldest first: `{id, exchange, piece, reading, skipped}`; `piece` is null for the heads of a stream. `skipped`
   * is what passed before it and is not shown, `{what, count, why}`, or null.
   */
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
    exchange.isOver = told.ended;
    told.pieces.forEach((piece, index) => this.#addPiece(exchange, told.firstPiece + index, piece));
    this.#update(exchange);
    this.#end(exchange);
    this.#forget();
  }

  /** From now on it is not told; `why` it says where something is missing. */
  leave(why) {
    this.#left ??= why;
  }

  /** It is told again. */
  stay() {
    this.#left = null;
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
    this.#dropUnanswered(number);
    const transport = transportOf(request);
    const isPoll = transport === "short-polling" || transport === "long-polling";
    const heads = { number, request, requestBytes, response: "", responseBytes: 0 };
    const exchange = { ...heads, transport, isPoll, isOver: false, isEndShown: false, body: null, passed: 0 };
    const skipped = this.#skippedBefore(number);
    this.#exchanges.push(exchange);
    this.#rows.push({ id: String(number), exchange, piece: null, reading: read(exchange, null), skipped });
    return exchange;
  }

  // Of what a stream did after its last telling nobody knows how much it was.
  #skippedBefore(number) {
    const latest = this.#rows.at(-1)?.exchange;
    if (this.#left !== null && latest && !latest.isPoll && !latest.isOver) {
      return { what: "before", count: 0, why: this.#left };
    }
    const count = number - (latest?.number ?? 0) - 1;
    return count > 0 ? { what: "requests", count, why: this.#why(latest) } : null;
  }

  #why(before) {
    return this.#left ?? (before ? "fast" : "early");
  }

  #addPiece(exchange, number, told) {
    const skipped = number - exchange.passed - 1;
    if (skipped < 0) {
      return; // it was told before
    }
    const piece = { ...told, bytes: fromBase64(told.bytes ?? "") };
    const why = this.#why(exchange.passed > 0);
    exchange.passed = number;
    if (exchange.isPoll) {
      exchange.body = piece;
      return;
    }
    this.#rows.push({
      id: `${exchange.number}-${number}`,
      exchange,
      piece,
      reading: read(exchange, piece),
      skipped: skipped > 0 ? { what: exchange.transport, count: skipped, why } : null,
    });
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

  #end(exchange) {
    const at = this.#rows.findLastIndex((row) => row.exchange === exchange);
    const isStream = !exchange.isPoll && exchange.response !== "";
    if (!isStream || !exchange.isOver || exchange.isEndShown || at < 0) {
      return;
    }
    exchange.isEndShown = true;
    if (!LAST.has(this.#rows[at].reading.kind)) {
      const reading = { ...read(exchange, null), kind: "over" };
      this.#rows.splice(at + 1, 0, { id: `${exchange.number}-over`, exchange, piece: null, reading, skipped: null });
    }
  }

  #dropUnanswered(next) {
    const isTold = ({ number, response, isOver }) =>
      response !== "" || isOver || (this.#left === null && number > next - REMEMBERED);
    this.#rows = this.#rows.filter(({ exchange }) => isTold(exchange));
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
    this.#left = null;
  }
}

/** The path that was asked for; each visit has its own. */
function placeOf(request) {
  return request.split("\n")[0].split("?")[0];
}
