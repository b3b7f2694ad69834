import { LogScale, roundAbove, roundBelow } from "./scale.js";
import { bytesText, spanText } from "./units.js";

/** The least latency that is told apart, and where its axis begins. */
const LEAST = 0.1;

/** The two figures: what their axes span, and how they say a value. */
export const KINDS = {
  latency: {
    says: spanText,
    tick: (ms, language) => (ms < 1000 ? language.text("plot.ms", { value: language.number(ms) }) : language.text("plot.s", { value: language.number(ms / 1000) })),
    unit: () => "",
    scale: (range, edges) => new LogScale(LEAST, Math.max(100, roundAbove(range?.high ?? 1000)), edges),
  },
  bytes: {
    says: bytesText,
    tick: (bytes, language) => language.number(bytes),
    unit: (language) => language.text("plot.unit.bytes"),
    scale: ({ low, high } = { low: 50, high: 5000 }, edges) => {
      const bottom = roundBelow(Math.max(low, 1));
      return new LogScale(bottom, Math.max(10 * bottom, roundAbove(high)), edges);
    },
  },
};
