/** Writes a text where it is another than the one that stands there, so that what stays the same costs nothing. */
export function write(element, text) {
  if (element.textContent !== text) {
    element.textContent = text;
  }
}
