const NO_BREAK = "\u00a0";
const KIB = 1024;
const MIB = KIB * KIB;

/** A number of three digits, the zeros among them too, so that a value that changes keeps its width. */
function threeDigits(value, language) {
  const count = value < 9.995 ? 2 : value < 99.95 ? 1 : 0;
  return language.number(value, { minimumFractionDigits: count, maximumFractionDigits: count });
}

function twoDigits(value, language) {
  const count = value < 9.95 ? 1 : 0;
  return language.number(value, { minimumFractionDigits: count, maximumFractionDigits: count });
}

/** A time of so many ms as a reader wants it: from a second on in seconds. */
export function spanText(ms, language) {
  return ms < 999.5 ? `${threeDigits(Math.max(ms, 0), language)}${NO_BREAK}ms` : `${twoDigits(ms / 1000, language)}${NO_BREAK}s`;
}

/** Bytes, whole ones. */
export function bytesText(bytes, language) {
  return `${language.number(Math.round(bytes))}${NO_BREAK}B`;
}

/** Many bytes, as the sizes of messages are written: KiB and MiB. */
export function sizeText(bytes, language) {
  if (bytes < KIB) {
    return bytesText(bytes, language);
  }
  const [size, unit] = bytes < 999.5 * KIB ? [bytes / KIB, "KiB"] : [bytes / MIB, "MiB"];
  return `${threeDigits(size, language)}${NO_BREAK}${unit}`;
}
