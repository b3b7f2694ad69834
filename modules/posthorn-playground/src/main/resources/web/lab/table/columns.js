import { bytesText, sizeText, spanText } from "../plots/units.js";

/**
 * What the table tells of a reader: the column's name in the texts and in the CSV, its value (a number, or null where there
 * is none), and how it is written.
 */
export const COLUMNS = [
  { name: "messages", value: (reader) => reader.messages, says: whole },
  { name: "requests", value: (reader) => reader.requests, says: whole },
  { name: "requests_per_message", value: (reader) => ratio(reader.requests, reader.messages), says: parts },
  { name: "bytes_from_browser", value: (reader) => reader.received, says: sizeText },
  { name: "bytes_to_browser", value: (reader) => reader.sent, says: sizeText },
  { name: "bytes_per_message", value: (reader) => reader.bytesPerMessage, says: bytesText },
  { name: "latency_median_ms", value: (reader) => reader.latency?.p50 ?? null, says: spanText },
  { name: "latency_p99_ms", value: (reader) => reader.latency?.p99 ?? null, says: spanText },
  { name: "missed", value: (reader) => reader.missed, says: whole },
  { name: "duplicates", value: (reader) => reader.duplicates, says: whole },
  { name: "reconnects", value: (reader) => reader.reconnects, says: whole },
];

function whole(value, language) {
  return language.number(value);
}

function parts(value, language) {
  return language.number(value, { minimumFractionDigits: 3, maximumFractionDigits: 3 });
}

function ratio(one, other) {
  return other === 0 ? null : one / other;
}
