// What the editor gets when one can write already.
import { search, searchKeymap } from "@codemirror/search";
import { EditorState, type Extension, Prec } from "@codemirror/state";
import { keymap } from "@codemirror/view";
import { tr } from "../words/words.ts";
import { markdownLook } from "./markdown_look.ts";

const words = EditorState.phrases.of({
    next: tr("Next"),
    previous: tr("Previous"),
    all: tr("All"),
    "match case": tr("Match case"),
    "by word": tr("Whole words"),
    regexp: tr("Pattern"),
    replace: tr("Replace"),
    "replace all": tr("Replace all"),
    close: tr("Close"),
});

export const furnishing: Extension = [words, markdownLook, search({ top: true }), Prec.high(keymap.of(searchKeymap))];
export { openSearchPanel } from "@codemirror/search";
