import { fieldTable } from "../../frames/fields.js";
import { picture } from "../../frames/picture.js";
import { h, rich } from "../../site/dom.js";
import { drawLines } from "./lines.js";

/** Draws one row: the bytes of a chunk, a body or a frame as they stood on the wire, and what they mean. */
export class PieceView {
  element = h("div", { class: "piece" });
  #language;
  #summary = h("summary");
  #fields = h("details", { class: "frame-fields" }, this.#summary);

  constructor(language) {
    this.#language = language;
  }

  show({ exchange, piece, reading }) {
    const language = this.#language;
    const { lines, frame } = reading;
    const about = aboutOf(exchange, piece, reading);
    this.element.replaceChildren(
      h("p", { class: "about" }, ...rich(language.text(about))),
      ...(frame ? this.#frame(frame) : []),
      lines.length > 0 ? drawLines(lines, language) : "",
    );
  }

  #frame(frame) {
    this.#summary.textContent = this.#language.text("wire.fields");
    this.#fields.replaceChildren(this.#summary, fieldTable(frame, this.#language));
    return [picture(frame, this.#language), this.#fields];
  }
}

/** The key of what the row means. */
function aboutOf({ isPoll, transport }, piece, { kind, count }) {
  if (isPoll && count > 1) {
    return "wire.about.messages";
  }
  const isPlain = isPoll || piece === null || kind === "refused";
  return isPlain ? `wire.about.${kind}` : `wire.about.${kind}.${transport}`;
}
