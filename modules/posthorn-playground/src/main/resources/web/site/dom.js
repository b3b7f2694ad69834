/**
 * Builds an element. Attributes whose value is null, undefined or false are left out; `true` gives an empty attribute.
 * Children are nodes or text: text stays text, whatever it contains.
 */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) {
      element.addEventListener(name.slice(2), value);
    } else if (value !== null && value !== undefined && value !== false) {
      element.setAttribute(name, value === true ? "" : value);
    }
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return element;
}

/** Text in which `backticks` mark code, as nodes. */
export function rich(text) {
  return text.split("`").map((part, index) => (index % 2 ? h("code", {}, part) : document.createTextNode(part)));
}

export function byId(id) {
  const element = document.getElementById(id);
  if (!element) {
    throw new Error(`no element #${id}`);
  }
  return element;
}
