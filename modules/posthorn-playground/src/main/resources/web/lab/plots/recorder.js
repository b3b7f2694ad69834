/** Nothing for so long, beyond what the rate says, and the line is broken; in ms. */
const PATIENCE = 2500;

/** Between two values of bytes per message, in ms: almost a second, so that a clock that ticks once in one gets each. */
const SECOND = 900;

/**
 * What is remembered of a transport: the bytes and messages that no value has been made of yet, and when one was; whether
 * the line of bytes and that of latency are broken; when its last message came, and how often messages came then.
 */
const NOTHING = { bytes: 0, messages: 0, countedAt: -Infinity, isBroken: false, isCut: false, arrivedAt: null, period: 0 };

/** Writes what the lab tells into the lines of both pictures, and what happened beside them. */
export class Recorder {
  #latency;
  #bytes;
  #happenings;
  #now;
  #lab;
  #transports = new Map();
  #before;

  /** @param latency the lines of that figure, by transport; likewise `bytes` */
  constructor(lab, { latency, bytes, happenings, now }) {
    this.#lab = lab;
    this.#latency = latency;
    this.#bytes = bytes;
    this.#happenings = happenings;
    this.#now = now;
    this.#before = this.#situation();
    latency.forEach((_, name) => this.#transports.set(name, { ...NOTHING }));
    lab.on("message", (message) => this.#onMessage(message));
    lab.on("counts", (counts) => this.#onCounts(counts));
    lab.on("change", () => this.#onChange());
    lab.on("reset", () => this.#clear());
  }

  #onMessage({ reader, arrivedAt, latency, afterBreak }) {
    const line = this.#latency.get(reader);
    if (!line) {
      return; // the traveller is none of the five
    }
    const state = this.#transports.get(reader);
    const isBreak = Boolean(afterBreak) || this.#isLate(state, arrivedAt);
    state.arrivedAt = arrivedAt;
    state.isBroken ||= isBreak;
    state.isCut ||= isBreak;
    // Where the clocks are not compared yet, there is a message without a latency.
    if (latency !== null) {
      line.series.push(arrivedAt, latency, state.isCut);
      state.isCut = false;
    }
  }

  // What was told before a message came belongs to it. The server's bytes and the page's messages are not told at the same
  // moment; over a second that makes little difference.
  #onCounts({ reader, bytes, messages }) {
    const state = this.#transports.get(reader);
    if (!state) {
      return;
    }
    state.bytes += bytes;
    state.messages += messages;
    const now = this.#now();
    if (state.messages > 0 && now - state.countedAt >= SECOND) {
      this.#bytes.get(reader).series.push(now, state.bytes / state.messages, state.isBroken);
      Object.assign(state, { bytes: 0, messages: 0, isBroken: false, countedAt: now });
    }
  }

  // The longer of the periods before and after counts, because the rate may just have changed.
  #isLate(state, time) {
    const period = 1000 / this.#lab.settings.rate;
    const patience = 1.5 * Math.max(period, state.period) + PATIENCE;
    state.period = period;
    return state.arrivedAt !== null && time - state.arrivedAt > patience;
  }

  #onChange() {
    const [before, after] = [this.#before, this.#situation()];
    this.#before = after;
    const now = this.#now();
    if (after.isOffline && !before.isOffline) {
      this.#happenings.begin("offline", now);
    } else if (before.isOffline && !after.isOffline) {
      this.#happenings.end("offline", now);
    }
    if (after.isPaused && !before.isPaused) {
      this.#happenings.add("paused", now);
    } else if (before.isPaused && !after.isPaused) {
      this.#transports.forEach((state) => Object.assign(state, { isBroken: true, isCut: true }));
    }
    if (before.rate && after.rate !== before.rate) {
      this.#happenings.add("rate", now, after.rate);
    }
    if (before.payload && after.payload !== before.payload) {
      this.#happenings.add("payload", now, after.payload);
    }
  }

  #situation() {
    const { settings, offline } = this.#lab;
    return { isOffline: offline > 0, isPaused: Boolean(settings?.paused), rate: settings?.rate, payload: settings?.payload };
  }

  #clear() {
    [this.#latency, this.#bytes].forEach((lines) => lines.forEach((line) => line.clear()));
    this.#transports.forEach((state) => Object.assign(state, NOTHING));
    this.#happenings.clear();
  }
}
