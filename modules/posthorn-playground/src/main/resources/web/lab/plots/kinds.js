import { LogScale, roundAbove, roundBelow } from "./scale.js";
import { bytesText, spanText } from "./units.js";

/** The least latency that is told apart, and where its axis begins. */
const LEAST = 0.1;

/** The two figures: what their axes span, how they say a value, and whether their values are those of single messages. */
export const KINDS = {
  latency: {
    hasSingles: true,
    says: (ms, language) => (ms < LEAST ? language.text("plot.below", { value: `${language.number(LEAST)}\u00a0ms` }) : spanText(ms, language)),
    tick: (ms, language) => (ms < 1000 ? `${language.number(ms)} ms` : `${language.number(ms / 1000)} s`),
    scale: (range, edges) => new LogScale(LEAST, Math.max(100, roundAbove(range?.high ?? 1000)), edges),
  },
  bytes: {
    hasSingles: false,
    says: bytesText,
    tick: (bytes, language) => language.number(bytes),
    scale: ({ low, high } = { low: 50, high: 5000 }, edges) => {
      const bottom = roundBelow(Math.max(low, 1));
      return new LogScale(bottom, Math.max(10 * bottom, roundAbove(high)), edges);
    },
  },
};
