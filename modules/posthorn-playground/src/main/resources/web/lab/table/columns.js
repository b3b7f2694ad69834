const WHOLE = { maximumFractionDigits: 0 };
const PARTS = { minimumFractionDigits: 3, maximumFractionDigits: 3 };
const MS = { minimumFractionDigits: 2, maximumFractionDigits: 2 };

/**
 * What the table tells of a reader: the column's name in the texts and in the CSV, its value (a number, or null where there
 * is none), and how it is written.
 */
export const COLUMNS = [
  { name: "messages", value: (reader) => reader.messages, digits: WHOLE },
  { name: "requests", value: (reader) => reader.requests, digits: WHOLE },
  { name: "requests_per_message", value: (reader) => ratio(reader.requests, reader.messages), digits: PARTS },
  { name: "bytes_received", value: (reader) => reader.received, digits: WHOLE },
  { name: "bytes_sent", value: (reader) => reader.sent, digits: WHOLE },
  { name: "bytes_per_message", value: (reader) => reader.bytesPerMessage, digits: WHOLE },
  { name: "latency_p50_ms", value: (reader) => reader.latency?.p50 ?? null, digits: MS },
  { name: "latency_p99_ms", value: (reader) => reader.latency?.p99 ?? null, digits: MS },
  { name: "missed", value: (reader) => reader.missed, digits: WHOLE },
  { name: "duplicates", value: (reader) => reader.duplicates, digits: WHOLE },
  { name: "reconnects", value: (reader) => reader.reconnects, digits: WHOLE },
];

function ratio(one, other) {
  return other === 0 ? null : one / other;
}
