import { h } from "../site/dom.js";
import { Opcode, opcodeName } from "./frame.js";

const OPCODES = Object.values(Opcode);
const LENGTHS = [7, 16, 64];

/** What there is to see in frames, and what of it the reader has seen by now. */
export class Seen {
  #list;
  #sum;
  #language;
  #seen = new Set();

  constructor(list, sum, language) {
    this.#list = list;
    this.#sum = sum;
    this.#language = language;
  }

  add({ opcode, lengthBits }) {
    const before = this.#seen.size;
    this.#seen.add(`opcode-${opcode}`).add(`length-${lengthBits}`);
    if (this.#seen.size > before) {
      this.render();
    }
  }

  render() {
    const language = this.#language;
    const opcodes = OPCODES.map((opcode) =>
      this.#item(`opcode-${opcode}`, opcode.toString(16).toUpperCase(), language.text(`kind.${opcodeName(opcode)}`)),
    );
    const lengths = LENGTHS.map((bits) => this.#item(`length-${bits}`, String(bits), language.text("seen.bits")));
    this.#list.replaceChildren(...opcodes, ...lengths);
    const all = opcodes.length + lengths.length;
    const sum = this.#seen.size === all ? "seen.all" : "seen.sum";
    this.#sum.textContent = language.text(sum, { seen: this.#seen.size, all });
  }

  #item(id, code, name) {
    const isSeen = this.#seen.has(id);
    return h(
      "li",
      { class: isSeen ? "yes" : null, "data-seen": id },
      h("b", {}, code),
      ` ${name}`,
      h("span", { class: "hidden" }, this.#language.text(isSeen ? "seen.yes" : "seen.no")),
    );
  }
}
