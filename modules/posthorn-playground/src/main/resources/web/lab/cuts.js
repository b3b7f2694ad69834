/**
 * How a reader fares that the server cuts off: whether it is, which it may not have noticed, and when it is back. It is back
 * with the first message that came over another connection; one that was still on its way over the old one does not count.
 */
export class Cuts {
  /** Whether the server has dropped it, and not let it in since. */
  isCut = false;
  #told = { cuts: 0, reconnects: 0 };
  #announcedAt = null; // when the page asked for a cut, or heard that nobody is let in
  #cutAt = null; // null where nothing is waited for
  #isRenewed = false; // whether no message has come yet since it has another connection

  /** The server drops the connection that it has, if it has one. */
  announce(time) {
    if (this.#cutAt === null) {
      this.#announcedAt = time;
      this.#isRenewed = false;
    }
  }

  /** Takes the server's totals, which it tells at once when a reader is cut off or let in. */
  tell({ cuts, reconnects }, time) {
    const isIn = reconnects > this.#told.reconnects;
    const isOut = cuts > this.#told.cuts;
    this.#told = { cuts, reconnects };
    if (isOut) {
      this.#cutAt ??= this.#announcedAt ?? time;
      this.#announcedAt = null;
    }
    if (isIn) {
      this.#isRenewed = true;
    }
    this.isCut = !isIn && (isOut || this.isCut);
  }

  /** From now on it has another connection than before. */
  renew() {
    this.#isRenewed = true;
  }

  /**
   * Takes a message. Gives the ms since the cut if the reader is back by it, and null if it is not.
   *
   * @param isPoll whether it is an answer to a poll: where that is cut off a browser may ask again by itself, unseen
   */
  take(time, isPoll) {
    const isNew = isPoll || this.#isRenewed;
    this.#isRenewed = false;
    if (this.#cutAt === null || !isNew) {
      return null;
    }
    const after = time - this.#cutAt;
    this.#cutAt = null;
    this.isCut = false;
    return after;
  }

  /** It reads no more: nothing is waited for. */
  forget() {
    this.isCut = false;
    this.#announcedAt = null;
    this.#cutAt = null;
    this.#isRenewed = false;
  }

  /** Another visit counts from nothing. */
  restart() {
    this.forget();
    this.#told = { cuts: 0, reconnects: 0 };
  }
}
