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

  /** How many messages a row holds and how many bytes they have: `{count, bytes, isExact}`. */
  of({ piece, reading: { count, payload, isExact, text, first = null, around } }) {
    if (isExact) {
      return { count, bytes: payload, isExact };
    }
    const size = first ?? this.#known(text);
    if (size === null || around === undefined) {
      return { count, bytes: size ?? payload, isExact: size !== null };
    }
    const several = Math.round(piece.size / (size + around));
    return { count: several, bytes: several * size, isExact: false };
  }

  #known(text) {
    return this.#sizes.get(Number(/^\d+(?= )/.exec(text)?.[0])) ?? null;
  }
}
