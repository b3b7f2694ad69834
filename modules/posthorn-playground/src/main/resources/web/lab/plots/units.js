/** Three digits, the zeros among them too, so that a value that changes keeps its width. */
function digits(value) {
  const count = value < 9.995 ? 2 : value < 99.95 ? 1 : 0;
  return { minimumFractionDigits: count, maximumFractionDigits: count };
}

/** A time of so many ms as a reader wants it; what is less than a tenth of one is not told apart. */
export function spanText(ms, language) {
  if (ms < 0.1) {
    return language.text("plot.below", { value: language.text("plot.ms", { value: language.number(0.1) }) });
  }
  const [key, value] = ms < 999.5 ? ["plot.ms", ms] : ["plot.s", ms / 1000];
  return language.text(key, { value: language.number(value, digits(value)) });
}

export function bytesText(bytes, language) {
  return language.text("plot.bytes", { value: language.number(Math.round(bytes)) });
}
