// The editor: CodeMirror, bound to the replica of one document.
import { defaultKeymap } from "@codemirror/commands";
import { search, searchKeymap } from "@codemirror/search";
import { Compartment, EditorState, type Extension } from "@codemirror/state";
import {
    drawSelection,
    EditorView,
    highlightActiveLine,
    highlightActiveLineGutter,
    keymap,
    lineNumbers,
    rectangularSelection,
} from "@codemirror/view";
import type { Peer } from "../engine/engine.ts";
import { tr } from "../words/words.ts";
import { authorship } from "./authorship.ts";
import type { Binding } from "./binding.ts";
import { markdownLook } from "./markdown_look.ts";
import { peerCarets, setPeers } from "./peer_carets.ts";
import { specialCharacters } from "./special_characters.ts";

const access = new Compartment();

function accessOf(mayEdit: boolean): Extension {
    return [
        EditorState.readOnly.of(!mayEdit),
        EditorView.editable.of(mayEdit),
        EditorView.contentAttributes.of({
            "aria-label": tr("Text of the document"),
            "aria-readonly": String(!mayEdit),
            tabindex: "0",
            spellcheck: "true",
        }),
    ];
}

// People's clipboards end lines as their systems do; the text ends them with a line feed.
const plainLineEnds = EditorView.clipboardInputFilter.of((text) => text.replace(/\r\n/g, "\n"));

export class Editor {
    readonly view: EditorView;

    constructor(parent: HTMLElement, text: string, binding: Binding, more: Extension[]) {
        this.view = new EditorView({
            parent,
            state: EditorState.create({
                doc: text,
                extensions: [
                    EditorState.lineSeparator.of("\n"),
                    binding.extension(),
                    access.of(accessOf(true)),
                    lineNumbers(),
                    highlightActiveLine(),
                    highlightActiveLineGutter(),
                    drawSelection(),
                    rectangularSelection(),
                    EditorView.lineWrapping,
                    EditorView.perLineTextDirection.of(true),
                    specialCharacters,
                    markdownLook,
                    search({ top: true }),
                    peerCarets,
                    authorship,
                    plainLineEnds,
                    keymap.of([...binding.keys(), ...searchKeymap, ...defaultKeymap]),
                    more,
                ],
            }),
        });
    }

    setMayEdit(mayEdit: boolean): void {
        if (this.view.state.readOnly === !mayEdit) return;
        this.view.dispatch({ effects: access.reconfigure(accessOf(mayEdit)) });
    }

    showPeers(peers: Peer[]): void {
        this.view.dispatch({ effects: setPeers.of(peers) });
    }
}
