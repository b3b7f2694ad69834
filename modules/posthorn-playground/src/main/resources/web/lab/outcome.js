import { h } from "../site/dom.js";
import { mark } from "./mark.js";
import { TRANSPORTS } from "./marks.js";
import { now } from "./now.js";
import { Recovery } from "./recovery.js";
import { NOTHING, seconds } from "./units.js";
import { write } from "./write.js";

const FRESH_MS = 12_000; // as long as this it is worth the room that it takes in sight

/** Tells what was seen after a cut or after being offline, once all five are back; and what goes on while the clock rests. */
export class Outcome {
  #lab;
  #language;
  #recovery = null;
  #told = { key: "outcome.none", values: () => ({}) };
  #sentence = h("p", { role: "status" });
  #times = new Map(TRANSPORTS.map((name) => [name, h("span", { class: "time" })]));
  #toldAt = 0;

  constructor(lab, language) {
    this.#lab = lab;
    this.#language = language;
    const items = TRANSPORTS.map((name) =>
      h("li", { "data-transport": name }, mark(name), h("span", { "data-text": `${name}.name` }), this.#times.get(name)),
    );
    const list = h("ul", { class: "back", "data-label": "outcome.times" }, items);
    this.element = h("div", { class: "outcome" }, this.#sentence, list);
    lab.on("message", (message) => this.#onMessage(message));
    lab.on("change", () => this.#onChange());
    lab.on("reset", () => this.#forget());
  }

  /** All connections have just been dropped. */
  onCut() {
    if (this.#lab.settings.paused) {
      this.#recovery = null;
      this.#tell("outcome.paused");
      return;
    }
    // What is published while the word is on its way may come before the cut.
    const onItsWay = this.#lab.offset?.roundTrip ?? 0;
    this.#recovery = new Recovery(this.#lab, false, now() + onItsWay);
    this.#tell("outcome.cut");
  }

  render() {
    const { key, values } = this.#isResting() ? { key: "outcome.resting", values: () => ({}) } : this.#told;
    write(this.#sentence, this.#language.text(key, values(this.#language)));
    this.element.dataset.told = key.split(".")[1];
    for (const [name, time] of this.#times) {
      const after = this.#recovery?.back.get(name);
      const none = this.#recovery ? "…" : NOTHING;
      write(time, after === undefined ? none : this.#language.text("seconds", { seconds: seconds(this.#language, after) }));
    }
    this.element.toggleAttribute("data-fresh", this.#recovery !== null && now() - this.#toldAt < FRESH_MS);
  }

  /** While the clock stands still there is something else to see: who goes on talking. */
  #isResting() {
    const { settings, state, offline } = this.#lab;
    return settings.paused && state.name === "running" && offline === 0 && this.#told.key !== "outcome.paused";
  }

  #onChange() {
    const isOffline = this.#lab.offline > 0;
    if (isOffline && !this.#recovery?.isOffline) {
      this.#recovery = new Recovery(this.#lab, true, now());
      this.#tell("outcome.offline");
    } else if (!isOffline && this.#recovery?.isOffline) {
      this.#recovery.letIn(now());
      this.#tell("outcome.letIn");
    } else if (this.#lab.state.name !== "running") {
      this.#forget();
    } else if (!this.#lab.settings.paused && this.#told.key === "outcome.paused") {
      this.#forget();
    }
  }

  #onMessage(message) {
    const recovery = this.#recovery;
    if (!recovery || recovery.isDone) {
      return;
    }
    recovery.take(message, message.sentAt + (this.#lab.offset?.offset ?? 0));
    if (recovery.isDone) {
      const { missed, duplicates, late, wasOffline } = recovery;
      const isWhole = missed === 0 && duplicates === 0;
      const key = isWhole ? (wasOffline ? "outcome.late" : "outcome.whole") : "outcome.torn";
      const slowest = Math.max(...recovery.back.values());
      this.#tell(key, (language) => ({ missed, duplicates, late, seconds: seconds(language, slowest) }));
    }
  }

  #forget() {
    this.#recovery = null;
    this.#tell("outcome.none");
  }

  #tell(key, values = () => ({})) {
    this.#told = { key, values };
    this.#toldAt = now();
  }
}
