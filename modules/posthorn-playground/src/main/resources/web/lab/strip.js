import { h } from "../site/dom.js";
import { MARKS } from "./marks.js";
import { write } from "./write.js";

const CELLS = 60;

/**
 * The last messages, each in a cell with the letter of the transport that brought it: the newest at the end, the older ones
 * before it. A message that was missed leaves its cell empty and marked.
 */
export class Strip {
  #cells = Array.from({ length: CELLS }, () => h("li"));
  #told = new Map(); // number -> transport, of those in view
  #newest = null;
  element = h("ol", { class: "strip", "aria-hidden": "true" }, this.#cells);

  /** @returns how many of the messages in view each transport brought */
  get shares() {
    const shares = {};
    this.#told.forEach((transport) => (shares[transport] = (shares[transport] ?? 0) + 1));
    return shares;
  }

  take({ number, transport }) {
    this.#newest = number;
    this.#told.set(number, transport);
    for (const old of this.#told.keys()) {
      if (old > number - CELLS) {
        break;
      }
      this.#told.delete(old);
    }
  }

  clear() {
    this.#told.clear();
    this.#newest = null;
  }

  render() {
    const oldest = Math.min(...this.#told.keys()); // what is older than this was before the traveller's time
    this.#cells.forEach((cell, index) => {
      const number = this.#newest - CELLS + 1 + index;
      const transport = this.#told.get(number);
      const isMissed = !transport && this.#newest !== null && number > oldest;
      write(cell, transport ? MARKS[transport].letter : isMissed ? "!" : "");
      set(cell, "transport", transport);
      set(cell, "missed", isMissed ? "" : undefined);
    });
  }
}

function set(element, name, value) {
  if (value === undefined) {
    delete element.dataset[name];
  } else if (element.dataset[name] !== value) {
    element.dataset[name] = value;
  }
}
