const WINDOW_MS = 60_000;
const MOST_SAMPLES = 3000;
const NOTHING = { requests: 0, received: 0, sent: 0, cuts: 0, reconnects: 0 };

/** The latencies of the last minute, and what they come to. */
export class Latencies {
  #samples = []; // oldest first
  #summary = null; // null until it is asked for again

  add(at, latency) {
    this.#samples.push({ at, latency });
    if (this.#samples.length > MOST_SAMPLES) {
      this.#samples.shift();
    }
    this.#summary = null;
  }

  clear() {
    this.#samples = [];
    this.#summary = null;
  }

  /** `{last, p50, p99}` in ms, of `count` messages; null where nothing came within the last minute. */
  at(time) {
    const old = this.#samples.findIndex((sample) => sample.at > time - WINDOW_MS);
    if (old !== 0 && this.#samples.length > 0) {
      this.#samples.splice(0, old < 0 ? this.#samples.length : old);
      this.#summary = null;
    }
    if (this.#samples.length === 0) {
      return null;
    }
    this.#summary ??= summary(this.#samples.map(({ latency }) => latency));
    return this.#summary;
  }
}

function summary(latencies) {
  const sorted = Float64Array.from(latencies).sort();
  const rank = (share) => sorted[Math.ceil(share * sorted.length) - 1];
  return { count: sorted.length, last: latencies.at(-1), p50: rank(0.5), p99: rank(0.99) };
}

/** What the server counted for a reader since the visit began. */
export class Tally {
  #told = NOTHING;

  /** Takes the totals since the visit began; gives the bytes since they were told last. */
  tell(totals) {
    const before = this.#told;
    this.#told = { ...NOTHING, ...totals };
    return bytes(this.#told) - bytes(before);
  }

  /** How many of something there were. */
  of(what) {
    return this.#told[what];
  }

  get bytes() {
    return bytes(this.#told);
  }

  /** Another visit counts from nothing. */
  restart() {
    this.#told = NOTHING;
  }
}

function bytes({ received, sent }) {
  return received + sent;
}
