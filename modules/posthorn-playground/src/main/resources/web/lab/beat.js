const SHORTEST_MS = 100;
const LONGEST_MS = 250;
const NEWS = ["change", "message", "counts", "reader", "reset"];

/**
 * Lets the views write what changed, ten times a second at most, however many messages come; and now and then where nothing
 * came, since a latency of the last minute ages. A hidden page is written when its state changes and when it is seen again.
 */
export class Beat {
  #lab;
  #views;
  #isNew = true;
  #writtenAt = 0;

  constructor(lab, views) {
    this.#lab = lab;
    this.#views = views;
    NEWS.forEach((type) => lab.on(type, () => (this.#isNew = true)));
  }

  begin() {
    setInterval(() => this.#beat(), SHORTEST_MS);
    document.addEventListener("visibilitychange", () => this.render());
    // A hidden page has no beat, and what the lab makes of being hidden comes after the event.
    this.#lab.on("change", () => document.hidden && this.render());
  }

  render() {
    this.#isNew = false;
    this.#writtenAt = performance.now();
    this.#views.forEach((view) => view.render());
  }

  #beat() {
    const isDue = this.#isNew || performance.now() - this.#writtenAt >= LONGEST_MS;
    if (isDue && !document.hidden) {
      this.render();
    }
  }
}
