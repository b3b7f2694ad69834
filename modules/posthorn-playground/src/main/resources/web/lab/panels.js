import { h } from "../site/dom.js";
import { TRANSPORTS } from "./marks.js";
import { MEASURES } from "./measures.js";
import { Panel } from "./panel.js";

const COMPARED = MEASURES.flat().filter(({ isCompared }) => isCompared);
const CLOSE = 1.05; // what is within this of the least counts as the least, so that the mark stays where it is
const MOST_MARKED = 2; // where more are about the same, none stands out

/** The five transports side by side, the same measure on the same line in all of them. */
export class Panels {
  #panels;

  constructor(lab, language) {
    this.#panels = TRANSPORTS.map((name) => new Panel(lab.readers.get(name), language));
    this.element = h("div", { class: "panels" }, buildRail(), this.#panels.map(({ element }) => element));
  }

  render() {
    this.#panels.forEach((panel) => panel.render());
    COMPARED.forEach((measure) => this.#compare(measure));
  }

  #compare(measure) {
    const values = this.#panels.map((panel) => panel.valueOf(measure));
    const known = values.filter((value) => value !== null).map((value) => Math.max(0, value));
    const [least, most] = [Math.min(...known), Math.max(...known)];
    const isMarked = known.length === values.length && known.filter((value) => value <= least * CLOSE).length <= MOST_MARKED;
    this.#panels.forEach((panel, index) => {
      const value = values[index] === null ? 0 : Math.max(0, values[index]);
      panel.compare(measure, most > 0 ? value / most : 0, isMarked && value <= least * CLOSE);
    });
  }
}

/** The names of the lines, once for all panels where these stand in one row; each panel has its own for who hears them. */
function buildRail() {
  const names = MEASURES.flat().map(({ name }) => h("span", { "data-measure": name, "data-text": `measure.${name}` }));
  const word = (name) => h("span", { class: name, "data-text": `rail.${name}` });
  return h("div", { class: "rail", "aria-hidden": "true" }, h("span"), word("now"), h("div", { class: "names" }, names), word("how"), word("when"));
}
