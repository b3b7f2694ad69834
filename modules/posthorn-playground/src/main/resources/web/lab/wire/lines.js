import { h, rich } from "../../site/dom.js";
import { shown, sizeOf } from "./bytes.js";

/** Of longer values the middle is left out, or what is left of the told end: nobody reads that many dots. */
const LONGEST = 240;
const ENDING = 16;

/** Draws a piece line by line as it stood on the wire, the ends of lines visible, each line named. */
export function drawLines(lines, language) {
  return h("div", { class: "lines" }, ...lines.map((line) => drawLine(line, language)));
}

function drawLine({ note, values = {}, parts, end, more = 0, rest }, language) {
  if (rest) {
    return h("div", { class: "line rest" }, mention(language, "wire.rest", rest));
  }
  const told = Object.entries(values).map(([name, value]) => [name, typeof value === "number" ? language.number(value) : shown(value)]);
  return h(
    "div",
    { class: note ? "line noted" : "line" },
    h("code", {}, ...(more > 0 ? cutParts(parts, more, language) : parts.map((part) => drawPart(part, language))), ...endMarks(end)),
    note ? h("span", { class: "note" }, ...rich(language.text(`wire.line.${note}`, Object.fromEntries(told)))) : null,
  );
}

function drawPart({ text, role = "plain" }, language) {
  const left = text.length - LONGEST;
  if (left <= 0) {
    return element(role, shown(text));
  }
  const gap = role === "padding" ? "wire.spaces" : "wire.left";
  const begin = role === "padding" ? "" : shown(text.slice(0, LONGEST - ENDING));
  const end = role === "padding" ? "" : shown(text.slice(-ENDING));
  return element(role, begin, mention(language, gap, { count: role === "padding" ? text.length : left }), end);
}

/** A line whose end was not told. */
function cutParts(parts, more, language) {
  const last = parts.at(-1) ?? { text: "" };
  const begin = last.role === "padding" ? "" : last.text.slice(0, LONGEST);
  const left = more + sizeOf(last.text.slice(begin.length));
  const whole = parts.slice(0, -1).map((part) => drawPart(part, language));
  return [...whole, element(last.role ?? "plain", shown(begin)), mention(language, "wire.more", { count: left })];
}

function element(role, ...content) {
  return h(role === "payload" ? "mark" : "span", { class: role }, ...content);
}

function mention(language, key, { count, size = 0, isExact = true }) {
  const values = { count: `${isExact ? "" : "≈ "}${language.number(count)}`, size: language.number(size) };
  return h("i", { class: "more" }, ` … ${language.text(key, values)} `);
}

function endMarks(end) {
  const marks = { CRLF: ["CR", "LF"], LF: ["LF"] }[end] ?? [];
  return marks.map((mark) => h("i", { class: "end" }, mark));
}
