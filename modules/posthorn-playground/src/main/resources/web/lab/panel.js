import { h } from "../site/dom.js";
import { Light, mark } from "./mark.js";
import { MEASURES } from "./measures.js";
import { sequence } from "./sequence.js";
import { NOTHING } from "./units.js";
import { write } from "./write.js";

// A short poll that is under way, and one that is due in a second, are the same to whoever looks on.
const SHOWN_STATES = { asking: "live" };
const TO_THE_MILLISECOND = "20:30:00.123".length;

/** One transport: how it is, the time that it brought last, how it works, what it has cost and when to choose it. */
export class Panel {
  #reader;
  #language;
  #light = new Light();
  #state = h("span");
  #value = h("span", { class: "time" });
  #number = h("span", { class: "number" });
  #figures = MEASURES.flat().map((measure) => ({ measure, ...figure(measure) }));

  constructor(reader, language) {
    this.#reader = reader;
    this.#language = language;
    this.element = this.#build(reader.name);
  }

  render() {
    const { value, number } = this.#reader;
    const shown = shownState(this.#reader);
    this.#light.show(shown);
    write(this.#state, this.#language.text(`state.${shown}`));
    write(this.#value, value?.slice(0, TO_THE_MILLISECOND) ?? NOTHING);
    write(this.#number, number === null ? "" : `#${number}`);
    for (const { measure, shown: element, row, note } of this.#figures) {
      const current = measure.value(this.#reader);
      write(element, measure.shown(this.#language, current));
      note?.toggleAttribute("hidden", !measure.isNoted(this.#reader));
      row.classList.toggle("fault", Boolean(measure.mustBeNone) && current > 0);
    }
  }

  /** What a compared measure has come to, or null. */
  valueOf(measure) {
    return measure.value(this.#reader);
  }

  /** @param share of the largest of all five, 0 to 1 */
  compare(measure, share, isLeast) {
    const { bar, least } = this.#figures.find((each) => each.measure === measure);
    bar.style.setProperty("--share", share.toFixed(4));
    least.hidden = !isLeast;
  }

  #build(name) {
    const head = h("h3", { id: `panel-${name}` }, mark(name), h("span", { "data-text": `${name}.name` }));
    const state = h("p", { class: "state" }, this.#light.element, this.#state);
    const now = h("p", { class: "now" }, this.#value, this.#number);
    const rows = this.#figures.map(({ row }) => row);
    return h(
      "article",
      { class: "panel", "data-transport": name, "aria-labelledby": `panel-${name}` },
      h("div", { class: "head" }, head, state),
      now,
      h("div", { class: "drawn" }, sequence(name)),
      words(name, "how"),
      h("dl", {}, rows),
      words(name, "when", name === "websocket" ? h("a", { href: "/frames/", "data-text": "websocket.frames" }) : null),
    );
  }
}

/** A connection that was cut looks alive to its reader until it notices. */
function shownState({ state, isCut }) {
  const shown = SHOWN_STATES[state] ?? state;
  return isCut && shown === "live" ? "cut" : shown;
}

function words(name, part, more = null) {
  const leadIn = h("span", { class: "lead-in", "data-text": `rail.${part}` });
  return h("div", { class: part }, leadIn, h("span", { "data-text": `${name}.${part}` }), more);
}

function figure({ name, isCompared, isNoted }) {
  const shown = h("span", { class: "figure" });
  const least = isCompared ? h("small", { class: "least", "data-text": `least.${name}`, hidden: true }) : null;
  const note = isNoted ? h("small", { class: "note", "data-text": `note.${name}`, hidden: true }) : null;
  const bar = isCompared ? h("i", { class: "bar", "aria-hidden": "true" }) : null;
  const term = h("dt", { "data-text": `measure.${name}` });
  const row = h("div", { "data-measure": name }, term, h("dd", {}, shown, least, note, bar));
  return { shown, least, note, bar, row };
}
