// The editor: CodeMirror, bound to the replica of one document.
import { defaultKeymap } from "@codemirror/commands";
import { Compartment, EditorState, type Extension, StateEffect } from "@codemirror/state";
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
import { peerCarets, peersField, setPeers } from "./peer_carets.ts";
import { peopleOutOfSight } from "./people_out_of_sight.ts";
import { recentChanges } from "./recent_changes.ts";
import { scrollMarks } from "./scroll_marks.ts";
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
    private completing: Promise<void> | undefined;
    private readonly listeners: (() => void)[] = [];

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
                    peerCarets,
                    peopleOutOfSight,
                    scrollMarks,
                    recentChanges,
                    authorship,
                    plainLineEnds,
                    keymap.of([...binding.keys(), ...defaultKeymap]),
                    EditorView.updateListener.of((update) => {
                        if (update.docChanged) for (const listener of this.listeners) listener();
                    }),
                    more,
                ],
            }),
        });
    }

    // What is not needed to write: how Markdown looks, and finding.
    complete(): Promise<void> {
        this.completing ??= import("./furnishing.ts").then(
            ({ furnishing }) => this.view.dispatch({ effects: StateEffect.appendConfig.of(furnishing) }),
            (error: unknown) => {
                this.completing = undefined; // asked for again when it is needed
                throw error;
            },
        );
        return this.completing;
    }

    async find(): Promise<void> {
        await this.complete();
        (await import("./furnishing.ts")).openSearchPanel(this.view);
    }

    // Told when the text has changed.
    listen(listener: () => void): void {
        this.listeners.push(listener);
    }

    setMayEdit(mayEdit: boolean): void {
        if (this.view.state.readOnly === !mayEdit) return;
        this.view.dispatch({ effects: access.reconfigure(accessOf(mayEdit)) });
    }

    showPeers(peers: Peer[]): void {
        if (peers.length === 0 && this.view.state.field(peersField).length === 0) return;
        this.view.dispatch({ effects: setPeers.of(peers) });
    }
}
