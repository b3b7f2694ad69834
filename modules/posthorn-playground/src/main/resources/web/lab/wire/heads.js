import { h, rich } from "../../site/dom.js";
import { parseHead } from "../../frames/handshake.js";
import { shown, sizeOf } from "./bytes.js";
import { isAside, parameters, requestNote, responseNote, startNote } from "./notes.js";

/** A colon and a space after a header's name, CRLF after its value. */
const AROUND = 4;

/** An exchange's heads: the lines that matter here, each with a note, and the others, folded together. */
export class Heads {
  element = h("div", { class: "heads" });
  #language;
  #open = new Set();

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
    const notes = marked.filter((part) => part.note).map((part) => this.#parameterNote(part));
    const parts = marked.map(({ note, text }) => (note ? h("b", {}, shown(text)) : shown(text)));
    return [
      h("div", { class: "line start noted" }, h("span", { class: "field" }, ...parts), ...notes),
      ...this.#fields("request", fields, (field) => requestNote(field, transport)),
    ];
  }

  #response({ startLine, fields }, transport) {
    const note = startNote(startLine, transport);
    return [
      h("div", { class: "line start noted" }, h("span", { class: "field" }, h("b", {}, shown(startLine))), this.#note(note)),
      ...this.#fields("response", fields, (field) => responseNote(field, transport)),
    ];
  }

  #fields(head, fields, noteOf) {
    const lines = fields.map((field) => ({ field, note: noteOf(field) }));
    const aside = lines.filter(({ note }) => isAside(note));
    return [
      ...lines.filter(({ note }) => !isAside(note)).map(({ field, note }) => this.#line(field, note)),
      ...(aside.length > 0 ? [this.#others(head, aside)] : []),
    ];
  }

  // Whoever opened them finds them open with the next exchange, too.
  #others(head, lines) {
    const language = this.#language;
    const size = lines.reduce((sum, { field: { name, value } }) => sum + sizeOf(name + value) + AROUND, 0);
    const values = { count: language.number(lines.length), size: language.number(size) };
    const details = h(
      "details",
      { class: "others", open: this.#open.has(head) },
      h("summary", { class: "line" }, language.text(lines.length === 1 ? "wire.others.one" : "wire.others", values)),
      ...lines.map(({ field, note }) => this.#line(field, note)),
    );
    details.addEventListener("toggle", () => (details.open ? this.#open.add(head) : this.#open.delete(head)));
    return details;
  }

  #line({ name, value }, note) {
    return h(
      "div",
      { class: note ? "line noted" : "line" },
      h("span", { class: "field" }, `${shown(name)}: `, h("b", {}, shown(value))),
      note ? this.#note(note) : null,
    );
  }

  #parameterNote({ text, note, name }) {
    const values = { name: name ? this.#language.text(`wire.name.${name}`) : "" };
    return h("span", { class: "note" }, h("code", {}, shown(text)), " ", this.#language.text(`wire.note.${note}`, values));
  }

  #note(key) {
    return h("span", { class: "note" }, ...rich(this.#language.text(`wire.note.${key}`)));
  }
}

/** Which way it went: up to the server, or down from it. */
export function arrow(isUp) {
  return h("span", { class: `arrow ${isUp ? "up" : "down"}`, "aria-hidden": "true" });
}
