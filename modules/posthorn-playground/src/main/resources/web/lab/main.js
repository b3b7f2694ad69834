import { byId } from "../site/dom.js";
import { Language } from "../site/language.js";
import { bindSettings } from "../site/settings.js";
import { Beat } from "./beat.js";
import { comparison, questions } from "./choice.js";
import { Controls } from "./controls.js";
import { Lab } from "./lab.js";
import { Panels } from "./panels.js";
import { StatusLine } from "./status-line.js";
import { en as shared } from "../site/text.en.js";
import { zh as sharedZh } from "../site/text.zh.js";
import { en } from "./text.en.js";
import { zh } from "./text.zh.js";
import { Traveller } from "./traveller.js";

const language = new Language({ en: { ...shared, ...en }, zh: { ...sharedZh, ...zh } });
bindSettings(language);

const lab = new Lab();
const controls = new Controls(lab, language);
const views = { status: new StatusLine(lab, language), controls, panels: new Panels(lab, language), traveller: new Traveller(lab, language) };
for (const [place, view] of Object.entries(views)) {
  byId(place).append(view.element);
}
byId("outcome").append(controls.outcome);
byId("which").append(questions(), comparison());

const beat = new Beat(lab, Object.values(views));
language.onChange(() => beat.render());
language.apply();
beat.begin();
lab.startTraveller();
lab.begin();
