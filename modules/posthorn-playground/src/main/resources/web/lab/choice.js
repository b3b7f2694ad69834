import { h } from "../site/dom.js";
import { mark } from "./mark.js";
import { TRANSPORTS } from "./marks.js";

const QUESTIONS = ["websocket", "event-source", "long-polling", "short-polling", "iframe"];
const ASPECTS = ["direction", "connection", "cost", "breaks", "choose"];

/** Questions in the order in which to ask them, the first yes being the answer. */
export function questions() {
  const items = QUESTIONS.map((name) =>
    h(
      "li",
      { "data-transport": name },
      h("span", { class: "question", "data-text": `which.${name}.question` }),
      h("span", { class: "answer" }, mark(name), h("span", { "data-text": `${name}.name` })),
      h("span", { class: "why", "data-text": `which.${name}.why` }),
    ),
  );
  return h("ol", { class: "questions" }, items);
}

/** The five in a table. On a narrow page its rows stand as cards, hence the roles, and each cell names its column. */
export function comparison() {
  const head = ["transport", ...ASPECTS].map((name) => h("th", { role: "columnheader", scope: "col", "data-text": `aspect.${name}` }));
  const cells = (name) =>
    ASPECTS.map((aspect) =>
      h(
        "td",
        { role: "cell" },
        h("span", { class: "aspect", "aria-hidden": "true", "data-text": `aspect.${aspect}` }),
        h("span", { "data-text": `which.${name}.${aspect}` }),
      ),
    );
  const rows = TRANSPORTS.map((name) =>
    h(
      "tr",
      { role: "row", "data-transport": name },
      h("th", { role: "rowheader", scope: "row" }, h("span", { class: "named" }, mark(name), h("span", { "data-text": `${name}.name` }))),
      cells(name),
    ),
  );
  return h(
    "table",
    { class: "comparison", role: "table", "data-label": "which.table" },
    h("thead", { role: "rowgroup" }, h("tr", { role: "row" }, head)),
    h("tbody", { role: "rowgroup" }, rows),
  );
}
