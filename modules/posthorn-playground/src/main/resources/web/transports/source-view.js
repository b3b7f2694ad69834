import { h } from "../site/dom.js";

/** The source of a plain page: the file itself, as the server gives it to whoever asks for the page. */
export class SourceView {
  #language;
  #page = null;
  #text = null; // null until it has come
  #link = h("a");
  #code = h("code");
  #box = h("pre", { tabindex: "0" }, this.#code);
  element = h("figure", { class: "source" }, h("figcaption", {}, this.#link), this.#box);

  constructor(language) {
    this.#language = language;
  }

  /** Fetches a page's source, and shows it when it is there. */
  async show(page) {
    this.#page = page;
    const text = await sourceOf(page);
    if (page === this.#page) {
      this.#text = text;
      this.render();
    }
  }

  render() {
    const name = `${this.#page.file}.html`;
    // What is for another server does nothing on this one.
    this.#link.toggleAttribute("href", !this.#page.elsewhere);
    if (!this.#page.elsewhere) {
      this.#link.href = `/plain/${name}`;
    }
    this.#link.textContent = name;
    this.#box.setAttribute("aria-label", name);
    if (this.#text === null) {
      this.#code.textContent = this.#language.text("source.none");
    } else {
      this.#code.replaceChildren(...lines(this.#text));
    }
  }
}

/** What is for another server names this one: as it stands here, it can be put there. */
async function sourceOf({ file, elsewhere }) {
  try {
    const response = await fetch(`/plain/${file}.html`);
    const text = response.ok ? await response.text() : null;
    return elsewhere && text ? text.replaceAll('"/clock', `"${location.origin}/clock`) : text;
  } catch {
    return null; // the server is away; the page says so
  }
}

/** The lines, the ones marked that name the feed. */
function lines(text) {
  return text
    .trimEnd()
    .split("\n")
    .map((line) => h("span", { class: line.includes("/clock") ? "line marked" : "line" }, `${line}\n`));
}
