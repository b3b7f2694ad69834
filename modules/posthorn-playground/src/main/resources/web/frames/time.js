/** A moment in microseconds since 1970 as the time of day here, to the microsecond. */
export function clock(micros) {
  const date = new Date(micros / 1000);
  const two = (number) => String(number).padStart(2, "0");
  const fraction = String(micros % 1_000_000).padStart(6, "0");
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}.${fraction}`;
}

/** A span of microseconds in the unit that suits it. */
export function span(micros, language) {
  const [value, unit] = micros < 1000 ? [micros, "µs"] : micros < 1_000_000 ? [micros / 1000, "ms"] : [micros / 1e6, "s"];
  return `${language.number(value, { maximumSignificantDigits: 3 })} ${unit}`;
}
