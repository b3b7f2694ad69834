import { COLUMNS } from "./columns.js";

const HEADER = ["reader", "transport", ...COLUMNS.map(({ name }) => name), "rate_per_second", "payload_bytes", "taken_at"];

/** The table as rows of plain cells: names that stay the same in every language, numbers with a dot. */
export function rowsOf(readers, { rate, payload }, date) {
  const after = [number(rate), number(payload), date.toISOString()];
  const rows = readers.map((reader) => [reader.name, reader.transport, ...COLUMNS.map(({ value }) => number(value(reader))), ...after]);
  return [HEADER, ...rows];
}

/** RFC 4180: each row ended by CRLF; a cell with a comma, a quote or a line's end is quoted, and quotes in it doubled. */
export function csv(rows) {
  return rows.map((cells) => `${cells.map(quoted).join(",")}\r\n`).join("");
}

/** As spreadsheets take it from the clipboard. */
export function tabSeparated(rows) {
  return rows.map((cells) => cells.join("\t")).join("\n");
}

/** `posthorn-lab-2026-11-22-203000.csv`, on the reader's clock. */
export function fileName(date) {
  const [year, ...rest] = [date.getFullYear(), date.getMonth() + 1, date.getDate(), date.getHours(), date.getMinutes(), date.getSeconds()];
  const [month, day, ...time] = rest.map((part) => String(part).padStart(2, "0"));
  return `posthorn-lab-${year}-${month}-${day}-${time.join("")}.csv`;
}

function number(value) {
  return value === null || value === undefined ? "" : String(Math.round(value * 1000) / 1000);
}

function quoted(cell) {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
