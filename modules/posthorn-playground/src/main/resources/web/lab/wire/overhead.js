import { Opcode } from "../../frames/frame.js";
import { h, rich } from "../../site/dom.js";

/**
 * What a row cost on the wire, in parts: `payload`, `envelope` (what the transport puts around it), `framing` (chunk or frame
 * header), a control frame's `content`, and a poll's `request` and `response` head.
 */
export function partsOf({ exchange, piece, reading }, payload = reading.payload) {
  const size = piece?.size ?? 0;
  const isControl = reading.frame?.opcode >= Opcode.CLOSE;
  const parts = [
    { name: "payload", bytes: payload },
    { name: isControl ? "content" : "envelope", bytes: size - payload - reading.framing },
    { name: "framing", bytes: reading.framing },
  ];
  if (exchange.isPoll || piece === null) {
    parts.push({ name: "request", bytes: exchange.requestBytes }, { name: "response", bytes: exchange.responseBytes });
  }
  return parts.filter(({ name, bytes }) => bytes > 0 || name === "payload");
}

/** A bar: the payload, and all that is around it. */
export class Overhead {
  element = h("div", { class: "overhead" });
  #language;

  constructor(language) {
    this.#language = language;
  }

  /** @param payload how many messages and bytes of them; see `Sizes` */
  show(row, payload) {
    const { exchange, piece } = row;
    const parts = partsOf(row, payload.bytes);
    const total = parts.reduce((sum, { bytes }) => sum + bytes, 0);
    this.element.replaceChildren(
      h("p", {}, ...rich(this.#sentence(total, payload))),
      h("div", { class: "shares", "aria-hidden": "true" }, ...segments(parts, total)),
      h("ul", { class: "parts" }, ...parts.map((part) => this.#item(part, exchange.transport))),
      exchange.isPoll || piece === null ? "" : h("p", { class: "hint" }, this.#once(exchange)),
    );
  }

  #sentence(total, { count, bytes, isExact }) {
    const language = this.#language;
    const told = (text) => (isExact ? text : `≈ ${text}`);
    const share = told(percent(bytes / total, language));
    const values = { total: language.number(total), payload: told(language.number(bytes)), share, count: told(language.number(count)) };
    return language.text(`wire.cost.${count === 0 ? "none" : count === 1 ? "one" : "several"}`, values);
  }

  #item({ name, bytes }, transport) {
    const language = this.#language;
    const differs = name === "envelope" || name === "framing";
    const text = language.text(differs ? `wire.part.${name}.${transport}` : `wire.part.${name}`);
    return h("li", {}, h("i", { class: `swatch ${name}`, "aria-hidden": "true" }), `${text} `, h("b", {}, language.number(bytes)));
  }

  #once({ requestBytes, responseBytes }) {
    const language = this.#language;
    const values = { request: language.number(requestBytes), response: language.number(responseBytes) };
    return language.text("wire.cost.once", values);
  }
}

function segments(parts, total) {
  return parts.filter(({ bytes }) => bytes > 0).map(({ name, bytes }) => {
    const element = h("i", { class: name });
    element.style.setProperty("--share", bytes / total);
    return element;
  });
}

// Near the ends a tenth matters.
function percent(share, language) {
  const digits = share < 0.1 || share > 0.9 ? 1 : 0;
  return language.number(share, { style: "percent", maximumFractionDigits: digits });
}
