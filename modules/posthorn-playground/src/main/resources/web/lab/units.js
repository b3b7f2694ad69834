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

/** Milliseconds, one decimal below 100; an estimate that falls below nothing is nothing. */
export function milliseconds(language, value) {
  if (value === null || value === undefined) {
    return NOTHING;
  }
  const digits = value < 99.95 ? 1 : 0;
  const shown = Math.max(0, value);
  return `${language.number(shown, { minimumFractionDigits: digits, maximumFractionDigits: digits })}${NO_BREAK}ms`;
}

export function seconds(language, ms) {
  return language.number(ms / 1000, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
}

/** How often the clock ticks, in words: "one in 5 s", "20 per second". */
export function rate(language, perSecond) {
  return perSecond < 1
    ? language.text("rate.slow", { seconds: language.number(1 / perSecond) })
    : language.text("rate.fast", { count: language.number(perSecond) });
}
