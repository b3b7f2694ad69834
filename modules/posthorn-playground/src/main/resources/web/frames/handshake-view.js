import { h, rich } from "../site/dom.js";
import { hex } from "./frame.js";
import { field, GUID, parseHandshake } from "./handshake.js";

/** The lines that make an HTTP request a WebSocket handshake; the others are any request's. */
const NOTED = {
  request: ["connection", "upgrade", "sec-websocket-key", "sec-websocket-version", "sec-websocket-extensions", "origin"],
  response: ["connection", "upgrade", "sec-websocket-accept"],
};

/** Shows both heads of the handshake, and how the server's answer follows from the browser's key. */
export class HandshakeView {
  #elements;
  #language;
  #handshake = null;

  /** @param elements `none` stands there until the first handshake, then `all`, which holds `request`, `response`, `steps` */
  constructor(elements, language) {
    this.#elements = elements;
    this.#language = language;
  }

  show(text) {
    this.#handshake = parseHandshake(text);
    this.#elements.none.hidden = true;
    this.#elements.all.hidden = false;
    this.render();
  }

  render() {
    if (this.#handshake === null) {
      return;
    }
    const { request, response, steps } = this.#handshake;
    this.#elements.request.replaceChildren(...this.#head("request", request));
    this.#elements.response.replaceChildren(...this.#head("response", response));
    this.#elements.steps.replaceChildren(...this.#stepItems(steps, field(response, "sec-websocket-accept")));
  }

  #head(name, { startLine, fields, size }) {
    const language = this.#language;
    const caption = language.text(`head.${name}`);
    const lines = fields.map((each) => this.#line(name, each));
    return [
      h(
        "figcaption",
        {},
        h("span", { class: `arrow ${name === "request" ? "up" : "down"}`, "aria-hidden": "true" }),
        h("b", {}, caption),
        h("span", { class: "hint" }, language.text("head.size", { size: language.number(size) })),
      ),
      h("div", { class: "head", role: "group", "aria-label": caption }, startLineOf(startLine), ...lines),
    ];
  }

  #line(head, { name, value }) {
    const key = name.toLowerCase();
    const noted = NOTED[head].includes(key);
    return h(
      "div",
      { class: noted ? "line noted" : "line" },
      h("span", { class: "field" }, `${name}: `, h("b", {}, value)),
      noted ? h("span", { class: "note" }, ...rich(this.#language.text(`note.${head}.${key}`))) : null,
    );
  }

  #stepItems({ key, joined, digest, accept }, sent) {
    const language = this.#language;
    const step = (name, ...shown) =>
      h("li", {}, h("p", {}, ...rich(language.text(`step.${name}`))), h("div", { class: "shown" }, ...shown));
    const isEqual = accept === sent;
    return [
      step("key", h("span", { class: "key" }, key)),
      step("guid", h("span", { class: "key" }, joined.slice(0, -GUID.length)), whole(GUID)),
      step("sha1", whole(hex(digest.subarray(0, 10))), " ", whole(hex(digest.subarray(10)))),
      step("base64", h("b", {}, accept)),
      h(
        "li",
        { class: isEqual ? "equal" : "unequal", id: "verdict" },
        h("p", {}, ...rich(language.text("step.compare"))),
        h("div", { class: "shown" }, sent ?? "—"),
        h("p", { class: "verdict" }, language.text(isEqual ? "step.equal" : "step.unequal")),
      ),
    ];
  }
}

// Breaks to the next line as a whole.
function whole(text) {
  return h("span", { class: "whole" }, text);
}

function startLineOf(line) {
  return h("div", { class: "line start" }, h("span", { class: "field" }, h("b", {}, line)));
}
