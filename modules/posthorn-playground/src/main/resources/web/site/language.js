import { h, rich } from "./dom.js";

const TAGS = { en: "en", zh: "zh-CN" };

/** What the page says, in the language that the reader chose: by `?lang=`, earlier, or in the browser's settings. */
export class Language {
  #texts;
  #listeners = [];

  /** @param texts an object of keys and sentences per language: `{en: {...}, zh: {...}}` */
  constructor(texts) {
    this.#texts = texts;
    const asked = new URLSearchParams(location.search).get("lang");
    this.current = [asked, remembered(), guess()].find((language) => Object.hasOwn(TAGS, language ?? ""));
    if (this.current === asked) {
      remember(asked);
    }
  }

  /** The sentence behind a key, its `{places}` filled; an unknown key is a programming error. */
  text(key, values = {}) {
    return this.#sentence(key).replace(/\{(\w+)\}/g, (_, place) => values[place]);
  }

  /** The same as nodes, for values that strangers chose: their right-to-left marks turn nothing around but themselves. */
  nodes(key, values = {}) {
    const parts = this.#sentence(key).split(/\{(\w+)\}/);
    return parts.map((part, index) => (index % 2 ? h("bdi", {}, String(values[part])) : document.createTextNode(part)));
  }

  #sentence(key) {
    const sentence = this.#texts[this.current][key];
    if (sentence === undefined) {
      throw new Error(`no text "${key}" in ${this.current}`);
    }
    return sentence;
  }

  number(value, options) {
    return new Intl.NumberFormat(TAGS[this.current], options).format(value);
  }

  onChange(listener) {
    this.#listeners.push(listener);
  }

  choose(language) {
    this.current = language;
    remember(language);
    const url = new URL(location.href);
    url.searchParams.delete("lang");
    history.replaceState(null, "", url);
    this.apply();
  }

  /** Writes the texts of every element that names one, then lets the views write theirs. */
  apply() {
    document.documentElement.lang = TAGS[this.current];
    for (const element of document.querySelectorAll("[data-text]")) {
      element.replaceChildren(...rich(this.text(element.dataset.text)));
    }
    for (const element of document.querySelectorAll("[data-label]")) {
      element.setAttribute("aria-label", this.text(element.dataset.label));
    }
    for (const element of document.querySelectorAll("[data-placeholder]")) {
      element.setAttribute("placeholder", this.text(element.dataset.placeholder));
    }
    this.#listeners.forEach((listener) => listener());
  }
}

function guess() {
  return /^zh\b/i.test(navigator.language) ? "zh" : "en";
}

function remembered() {
  try {
    return localStorage.getItem("lang");
  } catch {
    return null; // storage may be forbidden; the page works without it
  }
}

function remember(language) {
  try {
    localStorage.setItem("lang", language);
  } catch {
    // chosen for this visit only
  }
}
