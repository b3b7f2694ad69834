import { Lately } from "./lately.js";

/** Nothing for so long, beyond what the rate says, and the line is broken; in ms. */
const PATIENCE = 2500;

/**
 * What is remembered of a transport: whether the line of bytes and that of latency are broken; when its last message came,
 * and how often messages came then; and its bytes per message.
 */
const nothing = () => ({ isBroken: false, isCut: false, arrivedAt: null, period: 0, lately: new Lately() });

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
    latency.forEach((_, name) => this.#transports.set(name, nothing()));
    lab.on("message", (message) => this.#onMessage(message));
    lab.on("counts", (counts) => this.#onCounts(counts));
    lab.on("change", () => this.#onChange());
    lab.on("reset", () => this.#clear());
  }

  #onMessage({ reader, arrivedAt, latency, size = 0, afterBreak }) {
    const line = this.#latency.get(reader);
    if (!line) {
      return; // the traveller is none of the five
    }
    const state = this.#transports.get(reader);
    const isBreak = Boolean(afterBreak) || this.#isLate(state, arrivedAt);
    state.arrivedAt = arrivedAt;
    state.isBroken ||= isBreak;
    state.isCut ||= isBreak;
    if (isBreak) {
      state.lately.onBack(arrivedAt);
    }
    state.lately.onMessage(arrivedAt - (latency ?? 0), size);
    // Where the clocks are not compared yet, there is a message without a latency.
    if (latency !== null) {
      line.series.push(arrivedAt, latency, state.isCut);
      state.isCut = false;
    }
  }

  #onCounts({ reader, bytes }) {
    const now = this.#now();
    const state = this.#transports.get(reader);
    if (state?.lately.onBytes(now, bytes, state.isBroken)) {
      state.isBroken = false;
    }
    // A reader of whom nothing more is told has values that are due, too.
    this.#transports.forEach(({ lately }, name) => {
      lately.settle(now).forEach(({ time, value, isBreak }) => this.#bytes.get(name).series.push(time, value, isBreak));
    });
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
    this.#transports.forEach((state) => Object.assign(state, nothing()));
    this.#happenings.clear();
  }
}
