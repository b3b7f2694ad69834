import { h } from "../site/dom.js";
import { Outcome } from "./outcome.js";
import { Steps } from "./steps.js";
import { rate, size } from "./units.js";
import { write } from "./write.js";

const RATES = [0.2, 0.5, 1, 2, 5, 10, 20, 50];
const PAYLOADS = [32, 64, 256, 1024, 4096, 16384];

/** What the visitor can do to the clock and to the connections; each control says in a few words what it does. */
export class Controls {
  #lab;
  #language;
  #rate;
  #payload;
  #pause;
  #cut;
  #offline;
  #reset;
  #outcome;
  #onCut;

  /** @param onCut is called when the connections were cut */
  constructor(lab, language, onCut = () => {}) {
    this.#lab = lab;
    this.#language = language;
    this.#onCut = onCut;
    this.#rate = new Steps("rate", { values: RATES, words: (value) => rate(language, value), onPick: (value) => lab.setRate(value) });
    this.#payload = new Steps("payload", { values: PAYLOADS, words: size, onPick: (value) => lab.setPayload(value) });
    this.#pause = button("pause", () => (lab.settings.paused ? lab.resume() : lab.pause()));
    this.#outcome = new Outcome(lab, language);
    this.#cut = button("cut", () => this.#cutAll());
    this.#offline = button("offline", () => lab.goOffline());
    this.#reset = button("reset", () => lab.reset());
    const buttons = [this.#pause, this.#cut, this.#offline, this.#reset].map(({ element }) => element);
    this.outcome = this.#outcome.element;
    this.element = h(
      "div",
      { class: "controls", role: "group", "data-label": "controls" },
      this.#rate.element,
      this.#payload.element,
      h("div", { class: "buttons" }, buttons),
    );
  }

  render() {
    const { settings, state } = this.#lab;
    const isRunning = state.name === "running";
    const left = this.#lab.offline;
    this.#rate.show(settings.rate);
    this.#payload.show(settings.payload);
    [this.#rate, this.#payload].forEach((control) => control.enable(isRunning));
    this.#say(this.#pause, settings.paused ? "resume" : "pause");
    this.#say(this.#cut, "cut");
    this.#say(this.#reset, "reset");
    this.#say(this.#offline, "offline");
    if (left > 0) {
      write(this.#offline.does, this.#language.text("control.offline.left", { seconds: Math.ceil(left / 1000) }));
    }
    this.#pause.enable(isRunning);
    this.#cut.enable(isRunning && left === 0);
    this.#offline.enable(isRunning && left === 0);
    this.#reset.enable(isRunning);
    this.#outcome.render();
  }

  #cutAll() {
    this.#lab.cut();
    this.#outcome.onCut();
    this.#onCut();
  }

  #say({ name, does }, key) {
    write(name, this.#language.text(`control.${key}`));
    write(does, this.#language.text(`control.${key}.does`));
  }
}

/**
 * A button with its name and what it does. While it is of no use it says so, and keeps the focus: one that is `disabled`
 * would drop the keyboard's place on the page.
 */
function button(action, onPress) {
  const name = h("b");
  const does = h("small");
  const isOff = () => element.getAttribute("aria-disabled") === "true";
  const element = h("button", { type: "button", "data-control": action, onclick: () => isOff() || onPress() }, name, does);
  const enable = (isEnabled) => element.setAttribute("aria-disabled", String(!isEnabled));
  return { element, name, does, enable };
}
