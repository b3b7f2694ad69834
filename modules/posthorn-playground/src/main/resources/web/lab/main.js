import { byId } from "../site/dom.js";
import { Language } from "../site/language.js";
import { bindSettings } from "../site/settings.js";
import { measureBar } from "./bar.js";
import { Beat } from "./beat.js";
import { comparison, questions } from "./choice.js";
import { Controls } from "./controls.js";
import { Lab } from "./lab.js";
import { Panels } from "./panels.js";
import { Plots } from "./plots/plots.js";
import { en as plotsEn } from "./plots/text.en.js";
import { zh as plotsZh } from "./plots/text.zh.js";
import { StatusLine } from "./status-line.js";
import { SummaryTable } from "./table/table.js";
import { en as tableEn } from "./table/text.en.js";
import { zh as tableZh } from "./table/text.zh.js";
import { en as shared } from "../site/text.en.js";
import { zh as sharedZh } from "../site/text.zh.js";
import { en } from "./text.en.js";
import { zh } from "./text.zh.js";
import { Traveller } from "./traveller.js";
import { Inspector } from "./wire/inspector.js";
import { en as wireEn } from "./wire/text.en.js";
import { zh as wireZh } from "./wire/text.zh.js";

const language = new Language({
  en: { ...shared, ...en, ...plotsEn, ...tableEn, ...wireEn },
  zh: { ...sharedZh, ...zh, ...plotsZh, ...tableZh, ...wireZh },
});
bindSettings(language);

const lab = new Lab();
const plots = new Plots(lab, language);
const controls = new Controls(lab, language, () => plots.mark("cut"));
// The first four are written in one beat; the others know themselves when they have news.
const steady = { status: new StatusLine(lab, language), controls, panels: new Panels(lab, language), traveller: new Traveller(lab, language) };
const others = { plots, table: new SummaryTable(lab, language), wire: new Inspector(lab, language) };
for (const [place, view] of Object.entries({ ...steady, ...others })) {
  byId(place).append(view.element);
}
byId("outcome").append(controls.outcome);
measureBar(document.querySelector(".steering"), byId("controls"));
byId("which").append(questions(), comparison());

const beat = new Beat(lab, Object.values(steady));
language.onChange(() => [beat, ...Object.values(others)].forEach((view) => view.render()));
language.apply();
beat.begin();
lab.startTraveller();
lab.begin();
