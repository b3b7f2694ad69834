import { h } from "../site/dom.js";
import { Light } from "./mark.js";
import { now } from "./now.js";
import { milliseconds } from "./units.js";
import { write } from "./write.js";

const LIGHTS = { connecting: "connecting", running: "live", hidden: "paused", elsewhere: "paused", gone: "lost", full: "off" };

/** Says whether the lab runs and, if not, why; and how far the visitor's clock is from the server's. */
export class StatusLine {
  #lab;
  #language;
  #light = new Light();
  #sentence = h("span", { role: "status" });
  // A countdown that is read aloud each second helps nobody.
  #countdown = h("span", { class: "countdown", "aria-hidden": "true" });
  #takeOver;
  #offset = h("p", { class: "offset" });
  #title = document.querySelector("title");
  #counted = null; // the settings under which the first of the counted messages came

  constructor(lab, language) {
    this.#lab = lab;
    this.#language = language;
    this.#takeOver = h("button", { type: "button", class: "primary", "data-text": "status.takeOver", onclick: () => lab.takeOver() });
    lab.on("reset", () => (this.#counted = null));
    const state = h("p", { class: "state" }, this.#light.element, this.#sentence, this.#countdown);
    this.element = h("div", { class: "status-line" }, state, this.#takeOver, this.#offset);
  }

  render() {
    const { name, retryAt } = this.#lab.state;
    this.element.dataset.state = name;
    this.#light.show(LIGHTS[name]);
    // All that can be seen of a hidden tab.
    write(this.#title, this.#language.text(name === "hidden" ? "document.hidden" : "document.title"));
    write(this.#sentence, this.#language.text(`status.${name === "running" ? this.#running() : name}`));
    this.#takeOver.hidden = name !== "elsewhere";
    const left = retryAt ? Math.max(0, Math.ceil((retryAt - now()) / 1000)) : 0;
    write(this.#countdown, left > 0 ? this.#language.text("status.retry", { seconds: left }) : "");
    write(this.#offset, this.#offsetSentence());
  }

  /** Averages over two rates or sizes are true, and easily misread. */
  #running() {
    const { settings, readers } = this.#lab;
    const isCounted = [...readers.values()].some(({ messages }) => messages > 0);
    this.#counted = isCounted ? (this.#counted ?? settings) : null;
    const isMixed = this.#counted && ["rate", "payload"].some((what) => this.#counted[what] !== settings[what]);
    return settings.paused ? "paused" : isMixed ? "mixed" : "running";
  }

  #offsetSentence() {
    const { offset: estimate, state } = this.#lab;
    if (state.name !== "running") {
      return "";
    }
    if (!estimate) {
      return this.#language.text("offset.none");
    }
    const { offset, error, roundTrip } = estimate;
    const [by, within, trip] = [Math.abs(offset), error, roundTrip].map((value) => milliseconds(this.#language, value));
    const relation = Math.abs(offset) < 0.05 ? "level" : offset < 0 ? "behind" : "ahead"; // 0.0 is neither
    return this.#language.text(`offset.${relation}`, { by, within, trip });
  }
}
