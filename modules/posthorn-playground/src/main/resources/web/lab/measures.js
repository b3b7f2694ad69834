import { bytes, milliseconds } from "./units.js";

/**
 * What a panel shows of its reader, in groups. `isCompared` marks what is drawn as a bar beside those of the other four;
 * of these the least is the best. `isNoted` tells when the note of the measure is to stand beside it.
 */
export const MEASURES = [
  [
    { name: "messages", value: (reader) => reader.messages, shown: count },
    { name: "requests", value: (reader) => reader.requests, shown: count },
    { name: "bytes", isCompared: true, value: (reader) => reader.bytesPerMessage, shown: bytes },
  ],
  [
    { name: "last", value: (reader) => reader.latency?.last ?? null, shown: milliseconds },
    { name: "p50", isCompared: true, value: (reader) => reader.latency?.p50 ?? null, shown: milliseconds },
    { name: "p99", value: (reader) => reader.latency?.p99 ?? null, shown: milliseconds, isNoted: isLargest },
  ],
  [
    { name: "missed", mustBeNone: true, value: (reader) => reader.missed, shown: count },
    { name: "duplicates", mustBeNone: true, value: (reader) => reader.duplicates, shown: count },
    { name: "reconnects", value: (reader) => reader.reconnects, shown: count },
  ],
];

/** Of fewer than a hundred, all but one in a hundred is all. */
function isLargest({ latency }) {
  return latency !== null && latency.count < 100;
}

function count(language, value) {
  return language.number(value);
}
