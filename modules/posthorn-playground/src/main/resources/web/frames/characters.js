/**
 * The character that each byte of UTF-8 text begins: a byte that continues one is "", a byte that begins one whose end is
 * missing (the text was cut) or that is not UTF-8 is null.
 */
export function charactersOf(bytes) {
  const characters = [];
  while (characters.length < bytes.length) {
    const at = characters.length;
    const character = characterAt(bytes, at);
    characters.push(character);
    const continued = character === null ? 0 : sequenceLength(bytes[at]) - 1;
    characters.push(...Array(continued).fill(""));
  }
  return characters;
}

/** How many of these bytes are whole characters; a character that was cut at the end is not. */
export function wholeCharacters(bytes) {
  const earliest = Math.max(0, bytes.length - 3);
  for (let at = bytes.length - 1; at >= earliest; at--) {
    const isContinuation = (bytes[at] & 0xc0) === 0x80;
    if (!isContinuation) {
      return sequenceLength(bytes[at]) > bytes.length - at ? at : bytes.length;
    }
  }
  return bytes.length;
}

/** A character as it can be shown in one cell: spaces and control characters have a stand-in. */
export function visible(character) {
  if (character === " ") {
    return "␣";
  }
  if (/\p{C}|\p{Z}/u.test(character)) {
    return { "\n": "\\n", "\r": "\\r", "\t": "\\t" }[character] ?? "·";
  }
  return character;
}

function characterAt(bytes, at) {
  const end = at + sequenceLength(bytes[at]);
  if (end > bytes.length) {
    return null;
  }
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes.subarray(at, end));
  } catch {
    return null; // not UTF-8: binary data, or the rest of a character that another frame began
  }
}

function sequenceLength(lead) {
  if (lead >= 0xf0) {
    return 4;
  }
  if (lead >= 0xe0) {
    return 3;
  }
  return lead >= 0xc0 ? 2 : 1;
}
