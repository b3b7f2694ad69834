/** What a transport has of its reader: the address to read at, and whom to tell. Once it is cut off it tells nobody. */
export class Link {
  #reader;
  #transport;

  /**
   * Starts a transport.
   *
   * @param open makes the transport, `{start(), stop()}`, for a link
   * @param reader has `url(parameters)`, `onState(state)`, `onPlace(cursor)` and `onMessage(cursor, data)`
   */
  constructor(open, reader) {
    this.#reader = reader;
    this.#transport = open(this);
    this.#transport.start();
  }

  /** The feed's address, with where the reader is by now. */
  url(parameters = {}) {
    return this.#reader.url(parameters);
  }

  become(state) {
    this.#reader?.onState(state);
  }

  /** Takes a message; without data it only tells where the reader is. */
  deliver({ id, data }) {
    if (data === undefined) {
      this.#reader?.onPlace(id);
    } else {
      this.#reader?.onMessage(id, data);
    }
  }

  cutOff() {
    this.#reader = null;
    this.#transport.stop();
  }
}
