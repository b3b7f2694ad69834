import { byId, rich } from "../site/dom.js";
import { Language } from "../site/language.js";
import { bindSettings } from "../site/settings.js";
import { Clock } from "./clock.js";
import { en } from "./text.en.js";
import { zh } from "./text.zh.js";

const language = new Language({ en, zh });
bindSettings(language);

const clock = new Clock({
  onState: showState,
  onTime(text) {
    // 2026-01-31T12:34:56.789Z, without the fraction where that is zero
    const [, time, fraction] = /T(\d\d:\d\d:\d\d)(.*)Z/.exec(text);
    byId("now").textContent = time;
    byId("now").dateTime = text;
    byId("rest").textContent = `${fraction || ".000"} UTC`;
  },
});

function showState() {
  byId("clock").dataset.state = clock.state;
  byId("clock-state").replaceChildren(...rich(language.text(`clock.${clock.state}`)));
}

language.onChange(showState);
language.apply();
clock.begin();
