import { h } from "../site/dom.js";
import { mark } from "./mark.js";
import { TRANSPORTS } from "./marks.js";
import { now } from "./now.js";
import { Recovery } from "./recovery.js";
import { seconds } from "./units.js";
import { write } from "./write.js";

/** Tells what was seen after a cut or after being offline, once all five are back. */
export class Outcome {
  #lab;
  #language;
  #recovery = null;
  #told = { key: "outcome.none", values: () => ({}) };
  #sentence = h("p", { role: "status" });
  #times = new Map(TRANSPORTS.map((name) => [name, h("span", { class: "time" })]));
  #list;

  constructor(lab, language) {
    this.#lab = lab;
    this.#language = language;
    const items = TRANSPORTS.map((name) =>
      h("li", { "data-transport": name }, mark(name), h("span", { "data-text": `${name}.name` }), this.#times.get(name)),
    );
    this.#list = h("ul", { class: "back", "data-label": "outcome.times" }, items);
    this.element = h("div", { class: "outcome" }, this.#sentence, this.#list);
    lab.on("message", (message) => this.#onMessage(message));
    lab.on("change", () => this.#onChange());
    lab.on("reset", () => this.#forget());
  }

  /** All connections have just been dropped. */
  onCut() {
    if (this.#lab.settings.paused) {
      this.#tell("outcome.paused");
      return;
    }
    // What is published while the word is on its way may come before the cut.
    const onItsWay = this.#lab.offset?.roundTrip ?? 0;
    this.#recovery = new Recovery(this.#lab, false, now() + onItsWay);
    this.#tell("outcome.cut");
  }

  render() {
    const { key, values } = this.#told;
    write(this.#sentence, this.#language.text(key, values(this.#language)));
    this.element.dataset.told = key.split(".")[1];
    for (const [name, time] of this.#times) {
      const after = this.#recovery?.back.get(name);
      write(time, after === undefined ? "…" : this.#language.text("seconds", { seconds: seconds(this.#language, after) }));
    }
    this.#list.hidden = this.#recovery === null;
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
  }
}
