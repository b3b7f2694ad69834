import { h } from "../../site/dom.js";

const STEPS = { ArrowRight: 1, ArrowLeft: -1 };

/** The tabs of one panel: the arrow keys, Home and End walk through them, and whoever arrives has chosen. */
export class Tabs {
  element;
  #tabs;
  #onChoice;

  /** @param names of the tabs; `panel` is the id of the element that they all control */
  constructor(names, panel, onChoice) {
    this.#onChoice = onChoice;
    this.#tabs = new Map(names.map((name) => [name, this.#tab(name, panel)]));
    this.element = h("div", { class: "tabs", role: "tablist" }, ...this.#tabs.values());
    this.element.addEventListener("keydown", (event) => this.#onKey(event));
  }

  /** @param content gives the nodes of a tab by its name */
  render(chosen, label, content) {
    this.element.setAttribute("aria-label", label);
    for (const [name, tab] of this.#tabs) {
      tab.setAttribute("aria-selected", String(name === chosen));
      tab.tabIndex = name === chosen ? 0 : -1;
      tab.replaceChildren(...content(name));
    }
  }

  #tab(name, panel) {
    const attributes = { type: "button", role: "tab", id: tabId(name), "aria-controls": panel };
    return h("button", { ...attributes, onclick: () => this.#onChoice(name) });
  }

  #onKey(event) {
    const names = [...this.#tabs.keys()];
    const at = names.findIndex((name) => this.#tabs.get(name) === document.activeElement);
    const end = { Home: 0, End: names.length - 1 }[event.key];
    const next = end ?? (event.key in STEPS ? (at + STEPS[event.key] + names.length) % names.length : null);
    if (next !== null && at >= 0) {
      event.preventDefault();
      this.#onChoice(names[next]);
      this.#tabs.get(names[next]).focus();
    }
  }
}

export function tabId(name) {
  return `wire-tab-${name}`;
}
