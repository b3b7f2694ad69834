import { h, rich } from "../site/dom.js";
import { SourceView } from "./source-view.js";

/** One transport: what it is, the source of a page that uses it, and that page as it runs. */
export class Panel {
  isPaused = false;
  stage = h("div", { class: "stage" });
  #transport;
  #language;
  #page;
  #state = "away";
  #source;
  #onChoice = () => {};
  #texts = new Map(); // which element says what
  #choices = [];
  #status = h("span", { class: "state" });
  #button = h("button", { type: "button", class: "quiet", onclick: () => this.#toggle() });

  constructor(transport, language) {
    this.#transport = transport;
    this.#language = language;
    this.#page = transport.pages[0];
    this.#source = new SourceView(language);
    this.element = this.#build();
    this.#source.show(this.#page);
  }

  /** Whether what runs keeps a connection. */
  get holds() {
    return Boolean(this.#transport.holds) && !this.#page.elsewhere;
  }

  /** The listener hears when the reader pauses, resumes or picks another page. */
  onChoice(listener) {
    this.#onChoice = listener;
  }

  /** @param state running, paused by the reader, waiting for a connection, or away from the window */
  show(state) {
    if (state !== this.#state) {
      this.#state = state;
      this.render();
    }
  }

  render() {
    for (const [element, key] of this.#texts) {
      element.replaceChildren(...rich(this.#language.text(key)));
    }
    this.#choices.forEach(({ button, note, page }) => {
      button.setAttribute("aria-pressed", String(page === this.#page));
      note.hidden = page !== this.#page;
    });
    this.#source.render();
    this.#renderState();
    this.#renderStage();
  }

  #build() {
    const { name, pages } = this.#transport;
    const about = [
      this.#says(h("h2", { id: `${name}-name` }), `${name}.name`),
      this.#says(h("p"), `${name}.how`),
      this.#says(h("p", { class: "when" }), `${name}.when`),
      ...(pages.length > 1 ? this.#buildChoice() : []),
    ];
    const result = h("figure", { class: "result" }, h("figcaption", {}, this.#status, this.#button), this.stage);
    return h(
      "article",
      { class: "transport", id: name, "aria-labelledby": `${name}-name` },
      h("div", { class: "about" }, about, result),
      this.#source.element,
    );
  }

  #buildChoice() {
    const { name, pages } = this.#transport;
    this.#choices = pages.map((page) => ({
      page,
      button: this.#says(h("button", { type: "button", onclick: () => this.#pick(page) }), `${page.file}.choice`),
      note: this.#says(h("p", { class: "note" }), `${page.file}.note`),
    }));
    const buttons = this.#choices.map(({ button }) => button);
    const notes = this.#choices.map(({ note }) => note);
    return [h("div", { class: "choice", role: "group", "aria-labelledby": `${name}-name` }, buttons), ...notes];
  }

  #says(element, key) {
    this.#texts.set(element, key);
    return element;
  }

  #pick(page) {
    this.#page = page;
    this.isPaused = false;
    this.#source.show(page);
    this.render();
    this.#onChoice();
  }

  #toggle() {
    this.isPaused = !this.isPaused;
    this.#onChoice();
  }

  #renderState() {
    const { elsewhere } = this.#page;
    const state = elsewhere ? "elsewhere" : this.#state;
    this.#status.dataset.state = state;
    this.#status.replaceChildren(h("i", { class: "dot", "aria-hidden": "true" }), this.#language.text(`state.${state}`));
    this.#button.textContent = this.#language.text(this.isPaused ? "run" : "pause");
    this.#button.setAttribute("aria-describedby", `${this.#transport.name}-name`);
    this.#button.hidden = Boolean(elsewhere);
  }

  /** A frame that goes takes its connections with it; a new one, unlike a new address, leaves no trace in the history. */
  #renderStage() {
    const { file, elsewhere } = this.#page;
    const runs = this.#state === "running" && !elsewhere;
    const title = this.#language.text("frame.title", { file: `${file}.html` });
    const current = this.stage.firstElementChild;
    if (runs && current?.dataset.file === file) {
      current.title = title;
    } else if (runs) {
      this.stage.replaceChildren(h("iframe", { src: `/plain/${file}.html`, title, "data-file": file }));
    } else {
      const key = elsewhere ? "why.elsewhere" : `why.${this.#state}`;
      this.stage.replaceChildren(h("p", { class: "why" }, ...rich(this.#language.text(key))));
    }
  }
}
