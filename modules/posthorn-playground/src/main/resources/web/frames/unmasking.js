import { h, rich } from "../site/dom.js";
import { charactersOf, visible } from "./characters.js";
import { bits, hex, Opcode } from "./frame.js";

const SHOWN = 16;
const PER_TABLE = 8;

/** Shows how a masked payload becomes plain (RFC 6455 5.3): byte by byte, and one byte of the reader's choice bit by bit. */
export function unmasking(frame, language) {
  if (!frame.isMasked || frame.payload.length === 0) {
    const why = frame.isMasked ? "unmask.empty" : "unmask.server";
    return h("p", { class: "text" }, ...rich(language.text(why)));
  }
  const xor = h("div", { class: "xor" });
  const columns = columnsOf(frame);
  const tables = h("div", { class: "tables", tabindex: "0", role: "group", "aria-label": language.text("unmask.pick") });
  for (let at = 0; at < columns.length; at += PER_TABLE) {
    tables.append(table(columns.slice(at, at + PER_TABLE), language));
  }
  choosing(tables, columns.length, (index) => xor.replaceChildren(...bitwise(columns[index], language)));
  return h(
    "div",
    { class: "unmasking" },
    h("p", { class: "text" }, ...rich(language.text("unmask.text"))),
    tables,
    note(frame, columns.length, language),
    xor,
  );
}

function columnsOf({ payload, plain, key, kind }) {
  const shown = plain.subarray(0, SHOWN);
  const characters = kind === Opcode.TEXT ? charactersOf(plain).slice(0, SHOWN) : [];
  return Array.from(shown, (byte, index) => ({
    index,
    masked: payload[index],
    keyIndex: index % 4,
    key: key[index % 4],
    plain: byte,
    character: characters[index],
  }));
}

function table(columns, language) {
  const row = (name, cell) =>
    h(
      "tr",
      { class: name },
      h("th", { scope: "row" }, language.text(`unmask.${name}`)),
      ...columns.map((column) => h("td", { "data-byte": column.index }, ...[cell(column)].flat())),
    );
  const rows = [
    row("masked", (column) => hex([column.masked])),
    row("key", (column) => [hex([column.key]), h("sub", {}, String(column.keyIndex))]),
    row("plain", (column) => hex([column.plain])),
  ];
  if (columns.some((column) => column.character !== undefined)) {
    rows.push(row("character", (column) => shownCharacter(column)));
  }
  return h("table", {}, h("tbody", {}, ...rows));
}

function shownCharacter({ character }) {
  if (character === "") {
    return "·"; // a further byte of the character to the left
  }
  return character === null ? "…" : visible(character);
}

// The pointer or the arrow keys choose the byte whose bits are shown.
function choosing(tables, count, show) {
  let chosen = 0;
  const choose = (index) => {
    chosen = Math.max(0, Math.min(count - 1, index));
    for (const cell of tables.querySelectorAll("[data-byte]")) {
      cell.classList.toggle("chosen", Number(cell.dataset.byte) === chosen);
    }
    show(chosen);
  };
  const onPointer = ({ target }) => {
    const cell = target.closest("[data-byte]");
    if (cell) {
      choose(Number(cell.dataset.byte));
    }
  };
  tables.addEventListener("pointerover", onPointer);
  tables.addEventListener("click", onPointer);
  tables.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (step) {
      event.preventDefault();
      choose(chosen + step);
    }
  });
  choose(0);
}

function bitwise(column, language) {
  const { index, masked, key, plain, keyIndex } = column;
  const flips = bits(key, 8);
  const line = (name, value) =>
    h(
      "div",
      { class: `line ${name}` },
      h("span", { class: "what" }, language.text(`xor.${name}`, { index, keyIndex })),
      h("span", { class: "hex" }, hex([value])),
      ...Array.from(bits(value, 8), (bit, at) => h("i", { class: flips[at] === "1" ? "flipped" : null }, bit)),
    );
  const result = line("plain", plain);
  if (column.character) {
    result.append(h("b", {}, visible(column.character)));
  }
  return [line("masked", masked), line("key", key), result];
}

function note({ length }, shown, language) {
  return length === shown
    ? null
    : h("p", { class: "hint" }, language.text("unmask.first", { shown, count: language.number(length) }));
}
