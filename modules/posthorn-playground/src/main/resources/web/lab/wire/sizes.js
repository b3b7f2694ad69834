const KEPT = 500;

/** How large the last messages were, by their numbers: of a long one the wire tells only the beginning. */
export class Sizes {
  #sizes = new Map();

  add(number, size) {
    this.#sizes.set(number, size);
    if (this.#sizes.size > KEPT) {
      this.#sizes.delete(this.#sizes.keys().next().value);
    }
  }

  /** The size of the message that begins like this; null where it is not known. */
  of(text) {
    return this.#sizes.get(Number(/^\d+(?= )/.exec(text)?.[0])) ?? null;
  }
}
