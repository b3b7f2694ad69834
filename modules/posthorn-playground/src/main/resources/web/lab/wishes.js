/** What the user wants of the server's clock, which another visit is told anew. */
export class Wishes {
  #send;
  #wanted = new Map(); // command to value
  #isPaused = false;
  #isHere = true;
  #told = null; // whether the server was told to pause; null where there is no visit

  /** @param send takes words for the server */
  constructor(send) {
    this.#send = send;
  }

  /** @param command rate, payload or inspect */
  set(command, value) {
    this.#wanted.set(command, value);
    this.#send(`${command} ${value}`);
  }

  pause(isPaused) {
    this.#isPaused = isPaused;
    this.#tellPaused();
  }

  /** The clock stands still while nobody looks at it, and then goes on unless the user had stopped it. */
  look(isHere) {
    this.#isHere = isHere;
    this.#tellPaused();
  }

  /** There is another visit, whose clock goes; gives whether there is anything to wish for. */
  begin() {
    this.#wanted.forEach((value, command) => this.#send(`${command} ${value}`));
    this.#told = false;
    this.#tellPaused();
    return this.#told || this.#wanted.size > 0;
  }

  end() {
    this.#told = null;
  }

  #tellPaused() {
    const isPaused = this.#isPaused || !this.#isHere;
    if (this.#told !== null && isPaused !== this.#told) {
      this.#told = isPaused;
      this.#send(isPaused ? "pause" : "resume");
    }
  }
}
