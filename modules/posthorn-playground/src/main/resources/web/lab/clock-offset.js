import { now } from "./now.js";

const QUICK = 5;
const QUICK_MS = 100;
const EVERY_MS = 10_000;
const KEPT = 8;

/**
 * How far the page's clock is ahead of the server's, from round trips: the server's answer was made somewhere within one, so
 * its middle is wrong by half of it at most. The shortest of the last few counts.
 */
export class ClockOffset {
  /** `{offset, error, roundTrip}` in ms; null before the first answer. */
  value = null;
  #send = () => {};
  #samples = [];
  #asked = 0;
  #askedAt = 0;
  #quick = 0;
  #timer = null;

  /** Begins to ask, with quick questions first. */
  begin(send) {
    this.end();
    this.#send = send;
    this.#samples = [];
    this.#quick = QUICK;
    this.#ask();
  }

  end() {
    clearTimeout(this.#timer);
    this.#asked++; // an answer that comes now is not waited for
  }

  onAnswer({ asked, now: then }) {
    if (asked !== String(this.#asked)) {
      return;
    }
    const answeredAt = now();
    const roundTrip = answeredAt - this.#askedAt;
    this.#samples.push({ offset: (this.#askedAt + answeredAt) / 2 - then, error: roundTrip / 2, roundTrip });
    this.#samples = this.#samples.slice(-KEPT);
    this.value = this.#samples.reduce((best, sample) => (sample.roundTrip < best.roundTrip ? sample : best));
    this.#quick--;
    this.#timer = setTimeout(() => this.#ask(), this.#quick > 0 ? QUICK_MS : EVERY_MS);
  }

  #ask() {
    this.#asked++;
    this.#askedAt = now();
    this.#send(`time ${this.#asked}`);
  }
}
