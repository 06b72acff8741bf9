// What the editor gets when one can write already.
import { search, searchKeymap } from "@codemirror/search";
import { type Extension, Prec } from "@codemirror/state";
import { keymap } from "@codemirror/view";
import { markdownLook } from "./markdown_look.ts";

export const furnishing: Extension = [markdownLook, search({ top: true }), Prec.high(keymap.of(searchKeymap))];
export { openSearchPanel } from "@codemirror/search";
