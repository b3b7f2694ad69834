import { Cuts } from "./cuts.js";
import { Link } from "./link.js";
import { now } from "./now.js";
import { Latencies, Tally } from "./stats.js";

const POLLS = ["short-polling", "long-polling"];
const MESSAGE = /^(\d+) (\S+T(\S+\.\d{3}(\d{3}))Z)/;

/**
 * One reader of the visitor's clock: what it has seen, and over which transport. It keeps its place in the feed itself, so
 * that it may leave by one transport and come back by another; what is missed and what comes twice it finds by the numbers
 * in the messages, whatever the cursors say.
 *
 * `state` is one of: `off`, `connecting`, `live` (a stream or a socket is open, a poll waits, or the next one is due),
 * `asking` (a short poll is under way), `lost` (and coming back), `paused` (nobody looks at this page, or another lab runs).
 */
export class Reader {
  name;
  transport;
  state = "off";
  value = null;
  number = null;
  messages = 0;
  missed = 0;
  duplicates = 0;
  #lab;
  #link = null;
  #cursor = null;
  #since = Infinity; // when it began to read; what is older had nobody to arrive at
  #broken = false;
  #latencies = new Latencies();
  #tally = new Tally();
  #cuts = new Cuts();
  #counted = 0; // messages, when the server's counts came last

  /** @param lab has `transports`, `address`, `beginning`, `toPageTime(ms)`, `onPlace(cursor, number)` and `emit(type, event)` */
  constructor(name, transport, lab) {
    this.name = name;
    this.transport = transport;
    this.#lab = lab;
  }

  get requests() {
    return this.#tally.of("requests");
  }

  /** Bytes on the wire, as the server received them. */
  get received() {
    return this.#tally.of("received");
  }

  /** Bytes on the wire, as the server sent them. */
  get sent() {
    return this.#tally.of("sent");
  }

  get reconnects() {
    return this.#tally.of("reconnects");
  }

  /** Whether the server has dropped it and not let it in since, noticed or not. */
  get isCut() {
    return this.#cuts.isCut;
  }

  get latency() {
    return this.#latencies.at(now());
  }

  get bytesPerMessage() {
    return this.#counted === 0 ? null : this.#tally.bytes / this.#counted;
  }

  /** Reads on from where it was; from the feed's beginning where it was nowhere. */
  begin() {
    if (!this.#link) {
      this.#since = now();
      this.#open("connecting");
    }
  }

  /** @param state why it does not read: "off", "lost" or "paused" */
  stop(state) {
    if (this.#link) {
      this.#link.cutOff();
      this.#link = null;
      this.#broken = this.number !== null;
      this.#cuts.forget();
    }
    this.#become(state);
  }

  /** Goes on over another transport, from the message after the last one that was handled here. */
  switchTo(transport) {
    if (transport === this.transport) {
      return;
    }
    this.transport = transport;
    this.#lab.emit("reader", this);
    if (this.#link) {
      this.#link.cutOff();
      this.#open("connecting");
    }
  }

  /** Forgets where it was, and begins behind another cursor; null is the beginning. */
  moveTo(cursor) {
    this.#cursor = cursor;
    this.#broken = false;
    this.value = null;
    this.number = null;
  }

  /** Takes the server's totals for this reader. */
  count(totals) {
    const bytes = this.#tally.tell(totals);
    const messages = this.messages - this.#counted;
    this.#counted = this.messages;
    this.#lab.emit("counts", { reader: this.name, bytes, messages });
    const wasCut = this.isCut;
    this.#cuts.tell(totals, now());
    if (this.isCut !== wasCut) {
      this.#lab.emit("reader", this);
    }
  }

  /** The server is about to drop it. */
  announceCut() {
    this.#cuts.announce(now());
  }

  /** Another visit, another feed: nothing of the last one counts. */
  restart() {
    this.messages = 0;
    this.missed = 0;
    this.duplicates = 0;
    this.#counted = 0;
    this.#latencies.clear();
    this.#tally.restart();
    this.#cuts.restart();
    this.moveTo(null);
  }

  #open(state) {
    this.#become(state);
    this.#cuts.renew();
    this.#link = new Link(this.#lab.transports[this.transport], {
      url: (parameters) => this.#url(parameters),
      onState: (next) => this.#become(next),
      onPlace: (cursor) => this.#place(cursor),
      onMessage: (cursor, data) => this.#onMessage(cursor, data),
    });
  }

  #url(parameters) {
    const url = new URL(this.#lab.address);
    const query = { reader: this.name, ...parameters, cursor: this.#cursor ?? this.#lab.beginning };
    Object.entries(query).forEach(([name, value]) => url.searchParams.set(name, value));
    return url;
  }

  #become(state) {
    if (state !== this.state) {
      this.#broken ||= state === "lost" && this.number !== null;
      if (this.state === "lost" || state === "lost") {
        this.#cuts.renew();
      }
      this.state = state;
      this.#lab.emit("reader", this);
    }
  }

  #place(cursor) {
    this.#cursor = cursor;
    this.#lab.onPlace(cursor, null);
  }

  #onMessage(cursor, data) {
    const arrivedAt = now();
    const told = parse(data);
    this.#cursor = cursor;
    if (this.number !== null && told.number <= this.number) {
      this.duplicates++;
      return;
    }
    const missed = this.number === null ? 0 : told.number - this.number - 1;
    const afterBreak = this.#broken;
    this.#broken = false;
    this.missed += missed;
    this.messages++;
    this.number = told.number;
    this.value = told.value;
    this.#lab.onPlace(cursor, told.number);
    const latency = this.#latency(told.sentAt, arrivedAt);
    if (latency !== null) {
      this.#latencies.add(arrivedAt, latency);
    }
    const { name: reader, transport } = this;
    const { number, sentAt } = told;
    const size = data.length; // all of it is ASCII
    this.#lab.emit("message", { reader, transport, number, sentAt, arrivedAt, latency, size, cursor, afterBreak, missed });
    this.#lookWhetherBack(arrivedAt);
  }

  #lookWhetherBack(arrivedAt) {
    const wasCut = this.isCut;
    const after = this.#cuts.take(arrivedAt, POLLS.includes(this.transport));
    if (this.isCut !== wasCut) {
      this.#lab.emit("reader", this);
    }
    if (after !== null) {
      this.#lab.emit("back", { reader: this.name, after, number: this.number });
    }
  }

  /** Null where the clocks are not compared yet, and for what was sent before this reader was there. */
  #latency(sentAt, arrivedAt) {
    const sent = this.#lab.toPageTime(sentAt);
    return sent === null || sent < this.#since ? null : arrivedAt - sent;
  }
}

/** A message of the clock: `17 2026-11-22T20:30:00.123456Z` and dots. */
function parse(data) {
  const [, number, time, value, micros] = MESSAGE.exec(data);
  return { number: Number(number), value, sentAt: Date.parse(time) + Number(micros) / 1000 };
}
