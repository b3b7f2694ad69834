import { h } from "../site/dom.js";
import { TRANSPORTS } from "./marks.js";
import { MEASURES } from "./measures.js";
import { Panel } from "./panel.js";
import { legend } from "./sequence.js";

const COMPARED = MEASURES.flat().filter(({ isCompared }) => isCompared);
const STANDS_OUT = 0.9; // of the second best

/** The five transports side by side, the same measure on the same line in all of them. */
export class Panels {
  #panels;

  constructor(lab, language) {
    this.#panels = TRANSPORTS.map((name) => new Panel(lab.readers.get(name), language));
    const panels = h("div", { class: "panels" }, buildRail(), this.#panels.map(({ element }) => element));
    this.element = h("div", {}, legend(), panels);
  }

  render() {
    this.#panels.forEach((panel) => panel.render());
    COMPARED.forEach((measure) => this.#compare(measure));
  }

  #compare(measure) {
    const values = this.#panels.map((panel) => panel.valueOf(measure));
    const known = values.filter((value) => value !== null).map((value) => Math.max(0, value)).sort((one, other) => one - other);
    const [least, second] = known;
    const stands = known.length === values.length && least <= second * STANDS_OUT;
    this.#panels.forEach((panel, index) => {
      const value = values[index] === null ? 0 : Math.max(0, values[index]);
      panel.compare(measure, known.at(-1) > 0 ? value / known.at(-1) : 0, stands && value === least);
    });
  }
}

/** The names of the lines, once for all panels where these stand in one row; each panel has its own for who hears them. */
function buildRail() {
  const names = MEASURES.flat().map(({ name }) => h("span", { "data-measure": name, "data-text": `measure.${name}` }));
  const word = (name) => h("span", { class: name, "data-text": `rail.${name}` });
  const drawn = h("div", { class: "drawn" }, word("drawn"), legend());
  return h("div", { class: "rail", "aria-hidden": "true" }, h("span"), word("now"), drawn, word("how"), h("div", { class: "names" }, names), word("when"));
}
