import { Backoff } from "../backoff.js";
import { poll } from "./poll.js";

const WAIT_S = 25;
const ACCEPTED_MS = 300;

/** Asks, is answered when there is news, and asks again. */
export class LongPolling {
  #link;
  #end = new AbortController();
  #backoff = new Backoff();

  constructor(link) {
    this.#link = link;
  }

  start() {
    this.#ask();
  }

  stop() {
    this.#end.abort();
    this.#backoff.cancel();
  }

  async #ask() {
    try {
      while (!this.#end.signal.aborted) {
        await this.#poll();
        this.#backoff.succeed();
        this.#link.become("live");
      }
    } catch {
      this.#onFailed();
    }
  }

  /** Nothing tells that a poll waits at the server, but where that is gone a request fails soon. */
  async #poll() {
    const timer = setTimeout(() => this.#link.become("live"), ACCEPTED_MS);
    try {
      await poll(this.#link, { wait: WAIT_S }, this.#end.signal);
    } finally {
      clearTimeout(timer);
    }
  }

  #onFailed() {
    if (!this.#end.signal.aborted) {
      this.#link.become("lost");
      this.#backoff.retry(() => this.#ask());
    }
  }
}
