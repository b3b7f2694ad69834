import { TRANSPORTS } from "./marks.js";

/**
 * What is seen after the connections were dropped: after what time each reader has a message again that was published when
 * everyone was let in, how many came late, and whether any is missing or came twice. Times are on the page's clock.
 */
export class Recovery {
  wasOffline;
  isOffline;
  back = new Map(); // reader -> ms until it was back
  #lab;
  #letInAt;
  #newestBefore;
  #newestLate;
  #before;

  /** @param isOffline whether nobody is let in yet; `letIn` then tells when they are */
  constructor(lab, isOffline, time) {
    this.wasOffline = isOffline;
    this.isOffline = isOffline;
    this.#lab = lab;
    this.#letInAt = time;
    this.#newestBefore = Math.max(0, ...this.#readers().map(({ number }) => number ?? 0));
    this.#newestLate = this.#newestBefore;
    this.#before = this.#sums();
  }

  letIn(time) {
    this.isOffline = false;
    this.#letInAt = time;
  }

  /** @param publishedAt when the message was published; while nobody is let in, all that comes is late */
  take({ reader, number, arrivedAt }, publishedAt) {
    if (this.isOffline || publishedAt < this.#letInAt) {
      this.#newestLate = Math.max(this.#newestLate, number);
    } else if (TRANSPORTS.includes(reader) && !this.back.has(reader)) {
      this.back.set(reader, arrivedAt - this.#letInAt);
    }
  }

  get isDone() {
    return this.back.size === TRANSPORTS.length;
  }

  get missed() {
    return this.#sums().missed - this.#before.missed;
  }

  get duplicates() {
    return this.#sums().duplicates - this.#before.duplicates;
  }

  /** How many messages were published while nobody was let in. */
  get late() {
    return this.#newestLate - this.#newestBefore;
  }

  #readers() {
    return TRANSPORTS.map((name) => this.#lab.readers.get(name));
  }

  #sums() {
    const sum = (what) => this.#readers().reduce((total, reader) => total + reader[what], 0);
    return { missed: sum("missed"), duplicates: sum("duplicates") };
  }
}
