import { h, rich } from "../../site/dom.js";
import { parseHead } from "../../frames/handshake.js";
import { shown } from "./bytes.js";
import { parameters, requestNote, responseNote, startNote } from "./notes.js";

/** An exchange's heads as they stood on the wire, each header on its own line; those that matter here have a note. */
export class Heads {
  element = h("div", { class: "heads" });
  #language;

  constructor(language) {
    this.#language = language;
  }

  show({ request, requestBytes, response, responseBytes, transport, isOver }) {
    const missing = isOver ? "wire.head.cut" : "wire.head.waiting";
    this.element.replaceChildren(
      this.#figure("request", requestBytes, this.#request(parseHead(request), transport)),
      response
        ? this.#figure("response", responseBytes, this.#response(parseHead(response), transport))
        : this.#figure("response", null, [h("p", { class: "line hint" }, this.#language.text(missing))]),
    );
  }

  #figure(name, size, lines) {
    const language = this.#language;
    const told = size === null ? null : language.text("wire.bytes", { count: language.number(size) });
    const caption = language.text(`wire.${name}`);
    return h(
      "figure",
      {},
      h("figcaption", {}, arrow(name === "request"), h("b", {}, caption), h("span", { class: "hint" }, told ?? "")),
      h("div", { class: "head", role: "group", "aria-label": caption }, ...lines),
    );
  }

  #request({ startLine, fields }, transport) {
    const marked = parameters(startLine);
    const notes = marked
      .filter((part) => part.note)
      .map((part) => this.#note(part.note, h("code", {}, shown(part.text)), " "));
    const parts = marked.map(({ note, text }) => (note ? h("b", {}, shown(text)) : shown(text)));
    return [
      h("div", { class: "line start noted" }, h("span", { class: "field" }, ...parts), ...notes),
      ...fields.map((field) => this.#line(field, requestNote(field, transport))),
    ];
  }

  #response({ startLine, fields }, transport) {
    const note = startNote(startLine, transport);
    return [
      h("div", { class: "line start noted" }, h("span", { class: "field" }, h("b", {}, shown(startLine))), this.#note(note)),
      ...fields.map((field) => this.#line(field, responseNote(field, transport))),
    ];
  }

  #line({ name, value }, note) {
    return h(
      "div",
      { class: note ? "line noted" : "line" },
      h("span", { class: "field" }, `${shown(name)}: `, h("b", {}, shown(value))),
      note ? this.#note(note) : null,
    );
  }

  #note(key, ...before) {
    return h("span", { class: "note" }, ...before, ...rich(this.#language.text(`wire.note.${key}`)));
  }
}

/** Which way it went: up to the server, or down from it. */
export function arrow(isUp) {
  return h("span", { class: `arrow ${isUp ? "up" : "down"}`, "aria-hidden": "true" });
}
