import { Language } from "../site/language.js";
import { bindSettings } from "../site/settings.js";
import { en } from "./text.en.js";
import { zh } from "./text.zh.js";

const language = new Language({ en, zh });
bindSettings(language);
language.apply();
