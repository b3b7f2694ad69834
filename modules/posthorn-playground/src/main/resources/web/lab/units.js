const NO_BREAK = "\u00a0";

/** Stands where there is nothing to show yet. */
export const NOTHING = "–";

/** Bytes, whole ones, so that the five can be compared digit by digit. */
export function bytes(language, value) {
  return value === null ? NOTHING : `${language.number(Math.round(value))}${NO_BREAK}B`;
}

/** A payload's size, as people write it: 256 B, 4 KiB. */
export function size(value) {
  return value < 1024 ? `${value}${NO_BREAK}B` : `${value / 1024}${NO_BREAK}KiB`;
}

/** Milliseconds, one decimal below 100, and seconds from 1,000 on; an estimate that falls below nothing is nothing. */
export function milliseconds(language, value) {
  if (value === null || value === undefined) {
    return NOTHING;
  }
  const shown = Math.max(0, value);
  if (shown >= 999.5) {
    return `${decimal(language, shown / 1000, shown < 99_950 ? 2 : 0)}${NO_BREAK}s`;
  }
  return `${decimal(language, shown, shown < 99.95 ? 1 : 0)}${NO_BREAK}ms`;
}

/** Seconds to the tenth; less than that is written as such. */
export function seconds(language, ms) {
  return ms < 50 ? `<${NO_BREAK}${decimal(language, 0.1, 1)}` : decimal(language, ms / 1000, 1);
}

/** How often the clock ticks, in words: "one in 5 s", "20 per second". */
export function rate(language, perSecond) {
  return perSecond < 1
    ? language.text("rate.slow", { seconds: language.number(1 / perSecond) })
    : language.text("rate.fast", { count: language.number(perSecond) });
}

function decimal(language, value, digits) {
  return language.number(value, { minimumFractionDigits: digits, maximumFractionDigits: digits });
}
