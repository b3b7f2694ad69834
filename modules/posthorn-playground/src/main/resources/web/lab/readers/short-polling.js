import { Backoff } from "../backoff.js";
import { now } from "../now.js";
import { poll } from "./poll.js";

const EVERY_MS = 1000;
const SPREAD = 0.25;

/**
 * Asks about once a second what there is: not to the beat, or it would keep step with a clock that ticks once a second, and
 * be always as late as it happened to be the first time.
 */
export class ShortPolling {
  #link;
  #end = new AbortController();
  #backoff = new Backoff();
  #timer = null;

  constructor(link) {
    this.#link = link;
  }

  start() {
    this.#ask();
  }

  stop() {
    this.#end.abort();
    this.#backoff.cancel();
    clearTimeout(this.#timer);
  }

  async #ask() {
    const askedAt = now();
    try {
      await poll(this.#link, {}, this.#end.signal);
      this.#onAnswered(askedAt);
    } catch {
      this.#onFailed();
    }
  }

  #onAnswered(askedAt) {
    if (this.#end.signal.aborted) {
      return;
    }
    this.#backoff.succeed();
    this.#link.become("live");
    const next = () => {
      this.#link.become("asking");
      this.#ask();
    };
    const period = EVERY_MS * (1 + SPREAD * (2 * Math.random() - 1));
    this.#timer = setTimeout(next, Math.max(0, askedAt + period - now()));
  }

  #onFailed() {
    if (!this.#end.signal.aborted) {
      this.#link.become("lost");
      this.#backoff.retry(() => this.#ask());
    }
  }
}
