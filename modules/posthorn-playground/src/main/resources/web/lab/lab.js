import { ClockOffset } from "./clock-offset.js";
import { Listeners } from "./listeners.js";
import { now } from "./now.js";
import { Presence } from "./presence.js";
import { Reader } from "./reader.js";
import { TRANSPORTS } from "./readers/transports.js";
import { Visit } from "./visit.js";
import { Wishes } from "./wishes.js";

const TRAVELLER = "traveller";
const FIRST_SETTINGS = { rate: 1, payload: 64, paused: false };

/**
 * The model of the page: a visit with a clock of its own, the readers of that clock, and what becomes of them. The views
 * read it and listen; it touches no element but the frame that the iframe stream is.
 *
 * Events: `change` (state, settings, offset or offline), `reader` (a Reader whose state, transport or `isCut` is another),
 * `message` (`{reader, transport, number, sentAt, arrivedAt, latency, size, cursor, afterBreak, missed}`), `back` (`{reader,
 * after, number}`: that many ms after it was cut off, or all were, a reader got this message over another connection),
 * `counts` (`{reader, bytes, messages}` since they were told last), `wire` and `refused` as the server tells them, `reset`.
 * Times are ms on the page's clock, `sentAt` on the server's.
 */
export class Lab {
  /** Name to Reader. */
  readers;
  /** `{name, retryAt}`; the name is one of connecting, running, hidden, elsewhere, gone, full. */
  state = { name: "connecting" };
  settings = FIRST_SETTINGS;
  #toldSettings = FIRST_SETTINGS;
  #listeners = new Listeners();
  #isBegun = false;
  #presence;
  #visit;
  #visiting = null; // how the visit is, as a state; null where there is none
  #clock = new ClockOffset();
  #address = null;
  #beginning = null; // the cursor behind which all readers begin
  #latest = { cursor: null, number: 0 };
  #offlineUntil = 0;
  #wishes = new Wishes((words) => this.#visit.send(words));
  #isTravelling = false;
  #isSettling = false; // whether the clock has not been told yet what is wished of it

  /**
   * @param presence makes a {@link Presence} for a listener
   * @param visit makes a {@link Visit} for a listener
   * @param transports how each is opened, as in {@link TRANSPORTS}
   */
  constructor({
    presence = (listener) => new Presence(listener),
    visit = (listener) => new Visit(listener),
    transports = TRANSPORTS,
  } = {}) {
    this.#presence = presence(() => this.#settle());
    this.#visit = visit({
      onId: (id, from) => this.#onId(id, from),
      onTold: (told) => this.#onTold(told),
      onGone: (gone) => this.#onGone(gone),
    });
    const context = this.#contextOf(transports);
    const names = Object.keys(TRANSPORTS);
    this.readers = new Map(names.map((name) => [name, new Reader(name, name, context)]));
    this.readers.set(TRAVELLER, new Reader(TRAVELLER, "event-source", context));
  }

  /** ms until the server lets the visitor's readers in again; 0 where it does. */
  get offline() {
    return Math.max(0, this.#offlineUntil - now());
  }

  /** `{offset, error, roundTrip}` of the page's clock, how far it is ahead of the server's, in ms; null while unknown. */
  get offset() {
    return this.#clock.value;
  }

  /** Begins once the page has loaded: a frame that never ends would keep it from that. */
  begin() {
    const begin = () => {
      this.#isBegun = true;
      this.#presence.begin();
    };
    if (document.readyState === "complete") {
      begin();
    } else {
      window.addEventListener("load", begin, { once: true });
    }
  }

  on(type, listener) {
    this.#listeners.add(type, listener);
  }

  /** @param rate messages per second, 0.2 to 50 */
  setRate(rate) {
    this.#wishes.set("rate", rate);
  }

  /** @param payload bytes of a message, 32 to 16384 */
  setPayload(payload) {
    this.#wishes.set("payload", payload);
  }

  pause() {
    this.#wishes.pause(true);
  }

  resume() {
    this.#wishes.pause(false);
  }

  /** Has the server drop the connections of a reader, or of all. */
  cut(name) {
    this.#visit.send(name ? `cut ${name}` : "cut");
    const some = name ? [this.readers.get(name)] : [...this.readers.values()];
    some.forEach((reader) => reader.announceCut());
  }

  goOffline() {
    this.#visit.send("offline");
  }

  /** Whose wire is told; null for nobody's. */
  inspect(name) {
    this.#wishes.set("inspect", name ?? "none");
  }

  /** Moves the traveller to another transport. */
  switchTo(transport) {
    this.readers.get(TRAVELLER).switchTo(transport);
  }

  /** The traveller begins where the others are. */
  startTraveller() {
    const traveller = this.readers.get(TRAVELLER);
    if (!this.#isTravelling) {
      this.#isTravelling = true;
      traveller.moveTo(this.#latest.cursor);
      this.#settle();
    }
  }

  stopTraveller() {
    this.#isTravelling = false;
    this.#settle();
  }

  /** Begins another visit, whose clock and whose counts begin anew, for all readers alike. */
  reset() {
    this.#leave();
    this.#restart();
    this.#settle();
  }

  takeOver() {
    this.#presence.takeOver();
  }

  #contextOf(transports) {
    const lab = this;
    return {
      transports,
      get address() {
        return lab.#address;
      },
      get beginning() {
        return lab.#beginning;
      },
      toPageTime: (ms) => this.offset && ms + this.offset.offset,
      onPlace: (cursor, number) => this.#onPlace(cursor, number),
      emit: (type, event) => this.#listeners.tell(type, event),
    };
  }

  #onPlace(cursor, number) {
    if (number > this.#latest.number) {
      this.#latest = { cursor, number };
    }
  }

  #onId(id, from) {
    this.#address = new URL(`clock/${id}`, import.meta.url);
    this.#beginning = from;
    this.#visiting = { name: "running" };
    this.#restart();
    this.#isSettling = this.#wishes.begin();
    // What answers the clock comes behind all that answers the wishes.
    this.#clock.begin((words) => this.#visit.send(words));
    this.#settle();
  }

  #restart() {
    this.#latest = { cursor: null, number: 0 };
    this.#offlineUntil = 0;
    this.readers.forEach((reader) => reader.restart());
    this.#listeners.tell("reset");
  }

  #onTold(told) {
    if (told.time) {
      this.#clock.onAnswer(told.time);
      this.#onSettings(this.#toldSettings, false);
    } else if (told.settings) {
      this.#onSettings(told.settings, this.#isSettling);
    } else if (told.offline !== undefined) {
      this.#onOffline(told.offline);
    } else if (told.counts) {
      Object.entries(told.counts).forEach(([name, totals]) => this.readers.get(name)?.count(totals));
    } else if (told.wire) {
      this.#listeners.tell("wire", told.wire);
    } else if (told.refused) {
      this.#listeners.tell("refused", told.refused);
    }
  }

  /** @param isSettling whether others are wished for: those that the clock had at first are no news */
  #onSettings(settings, isSettling) {
    this.#toldSettings = settings;
    this.#isSettling = isSettling;
    if (!isSettling) {
      this.settings = settings;
      this.#listeners.tell("change");
    }
  }

  #onOffline(left) {
    if (left > 0 && this.offline === 0) {
      this.readers.forEach((reader) => reader.announceCut());
    }
    this.#offlineUntil = now() + left;
    this.#listeners.tell("change");
  }

  #onGone({ isFull, retryAt }) {
    this.#visiting = { name: isFull ? "full" : "gone", retryAt };
    this.#clock.end();
    this.#wishes.end();
    this.#offlineUntil = 0;
    this.#settle();
  }

  /** Brings everything to where it belongs, by who looks at the page and whether there is a visit. */
  #settle() {
    if (!this.#isBegun) {
      return;
    }
    const presence = this.#presence.state;
    const isHere = presence === "here";
    const isRunning = isHere && this.#visiting?.name === "running";
    if (isHere && !this.#visiting) {
      this.#visiting = { name: "connecting" };
      this.#visit.begin();
    } else if (!isHere && (presence === "away" || this.#visiting?.name !== "running")) {
      this.#leave();
    }
    this.#wishes.look(isHere);
    this.#become(isHere ? this.#visiting : { name: presence === "away" ? "hidden" : presence });
    const idle = isHere ? (this.#visiting.name === "connecting" ? "connecting" : "lost") : "paused";
    for (const reader of this.readers.values()) {
      if (reader.name === TRAVELLER && !this.#isTravelling) {
        reader.stop("off");
      } else if (isRunning) {
        reader.begin();
      } else {
        reader.stop(idle);
      }
    }
  }

  #leave() {
    if (this.#visiting) {
      this.#visiting = null;
      this.#clock.end();
      this.#wishes.end();
      this.#visit.end();
    }
  }

  #become(state) {
    this.state = state;
    this.#listeners.tell("change");
  }
}
