const LOCK = "posthorn-lab";

/**
 * Whether this page is the one that reads: it can be seen, and holds a lock that a browser gives to one page of an origin
 * only, since the readers of two would take all of the connections that it has for a server.
 *
 * `state` is one of: `here`, `hidden` (the lock is free for others), `elsewhere` (another page holds it; this one reads when
 * that one is gone), `away` (the page was left).
 */
export class Presence {
  state = "away";
  #listener;
  #claim = null;

  /** @param listener hears each new state */
  constructor(listener) {
    this.#listener = listener;
  }

  begin() {
    document.addEventListener("visibilitychange", () => this.#look());
    window.addEventListener("pagehide", () => this.#leave("away"));
    window.addEventListener("pageshow", ({ persisted }) => persisted && this.#look());
    this.#look();
  }

  /** Takes the lock from whichever page holds it. */
  takeOver() {
    if (this.state === "elsewhere") {
      this.#request({ steal: true });
    }
  }

  #look() {
    if (document.hidden) {
      this.#leave("hidden");
    } else if (!navigator.locks) {
      this.#become("here"); // browsers give locks to https and localhost only
    } else if (this.state !== "here") {
      this.#request({ ifAvailable: true });
    }
  }

  #leave(state) {
    this.#dropClaim();
    this.#become(state);
  }

  async #request(options) {
    this.#dropClaim();
    const claim = new AbortController();
    this.#claim = claim;
    try {
      // The signal cannot be given where nothing is waited for.
      await navigator.locks.request(LOCK, options ?? { signal: claim.signal }, (lock) => this.#hold(claim, lock));
    } catch (failure) {
      if (failure.name !== "AbortError") {
        throw failure;
      }
    }
    if (this.#claim === claim) { // the lock was not to be had, or was taken
      this.#become("elsewhere");
      this.#request();
    }
  }

  #hold(claim, lock) {
    if (!lock || this.#claim !== claim) {
      return undefined;
    }
    this.#become("here");
    return new Promise((release) => claim.signal.addEventListener("abort", release));
  }

  #dropClaim() {
    this.#claim?.abort();
    this.#claim = null;
  }

  #become(state) {
    if (state !== this.state) {
      this.state = state;
      this.#listener(state);
    }
  }
}
