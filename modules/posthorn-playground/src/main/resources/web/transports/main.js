import { byId } from "../site/dom.js";
import { Language } from "../site/language.js";
import { bindSettings } from "../site/settings.js";
import { Panel } from "./panel.js";
import { Schedule } from "./schedule.js";
import { en } from "./text.en.js";
import { zh } from "./text.zh.js";

// `holds` tells that a page keeps one of the few connections that a browser opens to a server over HTTP/1.1.
const TRANSPORTS = [
  { name: "short-polling", pages: [{ file: "short-polling" }] },
  { name: "long-polling", holds: true, pages: [{ file: "long-polling" }] },
  { name: "iframe", holds: true, pages: [{ file: "iframe" }, { file: "iframe-message", elsewhere: true }] },
  { name: "event-source", holds: true, pages: [{ file: "event-source" }, { file: "event-source-open" }] },
  { name: "websocket", pages: [{ file: "websocket" }] },
];

const language = new Language({ en, zh });
bindSettings(language);

const panels = TRANSPORTS.map((transport) => new Panel(transport, language));
byId("transports").append(...panels.map((panel) => panel.element));
language.onChange(() => panels.forEach((panel) => panel.render()));
language.apply();
new Schedule(panels).begin();
