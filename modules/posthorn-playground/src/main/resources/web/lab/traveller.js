import { h } from "../site/dom.js";
import { MARKS, TRANSPORTS } from "./marks.js";
import { Strip } from "./strip.js";
import { write } from "./write.js";

const EVERY_MS = 2000; // long enough for a short poll to come by, too

/** One reader that changes its transport in mid-stream, and what becomes of its messages. */
export class Traveller {
  #lab;
  #language;
  #reader;
  #strip = new Strip();
  #last = null; // the latest message
  #switched = null; // {from, to, number, cursor, next}: the latest switch, and the number that came first after it
  #timer = null;
  #buttons;
  #always;
  #sentence = h("p", { class: "switched", role: "status" });
  #sums = { messages: h("b"), missed: h("b"), duplicates: h("b") };

  constructor(lab, language) {
    this.#lab = lab;
    this.#language = language;
    this.#reader = lab.readers.get("traveller");
    this.#buttons = TRANSPORTS.map((name) => this.#button(name));
    this.#always = h("button", { type: "button", class: "quiet always", "data-text": "traveller.always", onclick: () => this.#toggle() });
    this.element = this.#build();
    lab.on("message", (message) => message.reader === "traveller" && this.#onMessage(message));
    lab.on("reset", () => this.#forget());
  }

  render() {
    this.#strip.render();
    const isRunning = this.#lab.state.name === "running";
    const { shares } = this.#strip;
    this.#always.setAttribute("aria-disabled", String(!isRunning));
    for (const { name, element, count } of this.#buttons) {
      element.setAttribute("aria-pressed", String(name === this.#reader.transport));
      element.setAttribute("aria-disabled", String(!isRunning));
      write(count, String(shares[name] ?? 0));
    }
    this.#always.setAttribute("aria-pressed", String(this.#timer !== null));
    for (const [what, element] of Object.entries(this.#sums)) {
      write(element, this.#language.number(this.#reader[what]));
      element.parentElement.classList.toggle("fault", what !== "messages" && this.#reader[what] > 0);
    }
    write(this.#sentence, this.#tell());
  }

  #build() {
    const sums = Object.entries(this.#sums).map(([what, element]) =>
      h("li", { "data-sum": what }, element, h("span", { "data-text": `traveller.${what}` })),
    );
    const buttons = this.#buttons.map(({ element }) => element);
    return h(
      "div",
      { class: "traveller" },
      h("div", { class: "routes" }, h("div", { class: "route", role: "group", "data-label": "traveller.route" }, buttons), this.#always),
      this.#strip.element,
      h("p", { class: "ends", "aria-hidden": "true" }, h("span", { "data-text": "traveller.older" }), h("b", { "data-text": "traveller.now" })),
      h("p", { class: "hint", "data-text": "traveller.strip" }),
      h("div", { class: "arrived" }, h("ul", { class: "sums" }, sums), this.#sentence),
      h("p", { class: "hint", "data-text": "traveller.twice" }),
    );
  }

  #button(name) {
    const count = h("span", { class: "count" });
    const says = h("span", { "data-text": `${name}.name` });
    const letter = h("span", { class: "letter", "aria-hidden": "true" }, MARKS[name].letter);
    const element = h(
      "button",
      { type: "button", "data-transport": name, onclick: () => this.#choose(name) },
      letter,
      says,
      count,
    );
    return { name, element, count };
  }

  #choose(name) {
    if (this.#lab.state.name === "running") {
      this.#stop();
      this.#switch(name);
    }
  }

  #switch(to) {
    const from = this.#reader.transport;
    if (to !== from) {
      this.#switched = this.#last && { from, to, number: this.#last.number, cursor: this.#last.cursor, next: null };
      this.#lab.switchTo(to);
    }
    this.render();
  }

  #toggle() {
    if (this.#timer === null && this.#lab.state.name === "running") {
      // What happens all the time is no news to read aloud.
      this.#sentence.setAttribute("aria-live", "off");
      this.#timer = setInterval(() => this.#switchOn(), EVERY_MS);
      this.#switchOn();
    } else {
      this.#stop();
      this.render();
    }
  }

  #switchOn() {
    if (this.#lab.state.name === "running") {
      const next = (TRANSPORTS.indexOf(this.#reader.transport) + 1) % TRANSPORTS.length;
      this.#switch(TRANSPORTS[next]);
    }
  }

  #stop() {
    clearInterval(this.#timer);
    this.#timer = null;
    this.#sentence.removeAttribute("aria-live");
  }

  #onMessage(message) {
    this.#strip.take(message);
    this.#last = message;
    if (this.#switched) {
      this.#switched.next ??= message.number;
    }
  }

  #tell() {
    if (!this.#switched) {
      return this.#language.text("traveller.none");
    }
    const { from, to, number, cursor, next } = this.#switched;
    const [left, came] = [from, to].map((name) => this.#language.text(`${name}.inside`));
    const key = next === null ? "traveller.asks" : next === number + 1 ? "traveller.came" : "traveller.lost";
    return this.#language.text(key, { from: left, to: came, number, cursor, next });
  }

  #forget() {
    this.#strip.clear();
    this.#switched = null;
    this.#last = null;
  }
}
