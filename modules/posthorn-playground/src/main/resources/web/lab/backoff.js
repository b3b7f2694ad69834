// What the feed asks of every EventSource by `retry:`, so that all readers come back alike.
const READERS_MS = 1000;

/** Tries again until it succeeds: always after the same time, or ever less often. */
export class Backoff {
  #first;
  #longest;
  #failures = 0;
  #timer = null;

  /** @param first ms until the first attempt, @param longest ms between two attempts, at most */
  constructor(first = READERS_MS, longest = first) {
    this.#first = first;
    this.#longest = longest;
  }

  /** Has something tried later; gives the ms until then. */
  retry(attempt) {
    const delay = Math.min(this.#first * 2 ** this.#failures, this.#longest);
    this.#failures++;
    this.cancel();
    this.#timer = setTimeout(attempt, delay);
    return delay;
  }

  succeed() {
    this.#failures = 0;
  }

  cancel() {
    clearTimeout(this.#timer);
  }
}
