const FIRST_MS = 500;
const LONGEST_MS = 4000;

/** Tries again, ever less often, until it succeeds. */
export class Backoff {
  #longest;
  #failures = 0;
  #timer = null;

  /** @param longest ms between two attempts, at most */
  constructor(longest = LONGEST_MS) {
    this.#longest = longest;
  }

  /** Has something tried later; gives the ms until then. */
  retry(attempt) {
    const delay = Math.min(FIRST_MS * 2 ** this.#failures, this.#longest);
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
