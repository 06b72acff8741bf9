// Characters that one would not see, shown as one stand-in each, as on the desktop.
import type { Extension } from "@codemirror/state";
import { highlightSpecialChars } from "@codemirror/view";
import { tr } from "../words/words.ts";

const standIns = new Map<number, string>([
    [0x0000, "\u2400"],
    [0x000d, "\u240d"],
    [0x2028, "\u2424"],
    [0x2029, "\u00b6"],
    [0xfdd0, "\u25a1"],
    [0xfdd1, "\u25a2"],
]);

export const specialCharacters: Extension = highlightSpecialChars({
    addSpecialChars: /[\ufdd0\ufdd1]/g,
    render(code, description, placeholder) {
        const shown = document.createElement("span");
        shown.className = "special-character";
        shown.textContent = standIns.get(code) ?? placeholder ?? "\u2022";
        const name = description ?? tr("Control character %1", code.toString(16));
        shown.title = name;
        shown.setAttribute("aria-label", name);
        return shown;
    },
});
