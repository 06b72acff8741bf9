// Between the editor and the replica, which is the truth: what a person does becomes edits of it at once, what
// others did is shown without moving the view.
import {
    ChangeSet,
    EditorSelection,
    type Extension,
    StateEffect,
    Transaction,
    type TransactionSpec,
} from "@codemirror/state";
import { EditorView, type KeyBinding, ViewPlugin, type ViewUpdate } from "@codemirror/view";
import type { DocumentClient } from "../client/document_client.ts";
import type { Missed } from "../client/joining.ts";
import type { TextEdit, Undone } from "../engine/engine.ts";
import { fromReplica, isTyping, ownEditsOf, wholeCharacters } from "./own_edits.ts";
import { holdStill } from "./view_anchor.ts";

// Told with what others did: where it ends in the new text.
export const remoteEditEffect = StateEffect.define<{ from: number; to: number }[]>();

function changesOf(edits: TextEdit[], length: number): ChangeSet {
    let all = ChangeSet.empty(length);
    for (const { offset, deleted, inserted } of edits)
        all = all.compose(
            ChangeSet.of({ from: offset, to: offset + deleted, insert: inserted }, all.newLength, "\n"),
        );
    return all;
}

function rangesOf(changes: ChangeSet): { from: number; to: number }[] {
    const ranges: { from: number; to: number }[] = [];
    changes.iterChangedRanges((_fromA, _toA, from, to) => ranges.push({ from, to }));
    return ranges;
}

export class Binding {
    private view: EditorView | null = null;
    private holds = false;

    constructor(
        private readonly client: DocumentClient,
        private readonly onRefused: (sentence: string) => void,
    ) {
        client.listen({ onRemoteEdits: (edits) => this.showRemote(edits) });
    }

    extension(): Extension {
        // eslint-disable-next-line @typescript-eslint/no-this-alias
        const binding = this;
        return [
            wholeCharacters,
            ViewPlugin.fromClass(
                class {
                    constructor(view: EditorView) {
                        binding.view = view;
                    }
                    destroy(): void {
                        binding.view = null;
                    }
                },
            ),
            EditorView.updateListener.of((update) => this.take(update)),
            EditorView.domEventHandlers({
                compositionstart: () => this.hold(),
                compositionend: () => {
                    setTimeout(() => this.goOn()); // when the editor has read what was composed
                },
                blur: () => {
                    setTimeout(() => this.goOn());
                },
            }),
        ];
    }

    keys(): KeyBinding[] {
        const undo = () => this.undo();
        const redo = () => this.redo();
        return [
            { key: "Mod-z", run: undo, preventDefault: true },
            { key: "Mod-y", run: redo, preventDefault: true },
            { key: "Mod-Shift-z", run: redo, preventDefault: true },
        ];
    }

    undo(): boolean {
        this.play(this.client.engine.undo(), "undo");
        return true;
    }

    redo(): boolean {
        this.play(this.client.engine.redo(), "redo");
        return true;
    }

    // Nothing of others' reaches the text while one is composing a character.
    private hold(): void {
        this.holds = true;
        this.client.engine.hold();
    }

    private goOn(): void {
        if (!this.holds || this.view?.compositionStarted) return;
        this.holds = false;
        this.client.engine.goOn();
        this.client.turn();
    }

    private take(update: ViewUpdate): void {
        let edited = false;
        for (const transaction of update.transactions) {
            const edits = ownEditsOf(transaction);
            if (edits.length === 0) continue;
            edited = true;
            const kind = edits.length === 1 && isTyping(transaction) ? "typing" : "whole";
            if (edits.length > 1) this.client.engine.beginUndoGroup();
            try {
                for (const edit of edits)
                    this.client.engine.edit(edit.offset, edit.deleted, edit.inserted, kind);
            } catch (error) {
                queueMicrotask(() => this.showTruth());
                this.onRefused(error instanceof Error ? error.message : String(error));
            }
            if (edits.length > 1) this.client.engine.endUndoGroup();
        }
        if (edited || update.selectionSet || update.focusChanged) {
            const { anchor, head } = update.state.selection.main;
            this.client.engine.select(anchor, head);
            this.client.turn();
        }
    }

    private dispatch(spec: TransactionSpec): void {
        this.view?.dispatch({
            ...spec,
            annotations: [fromReplica.of(true), Transaction.addToHistory.of(false)],
        });
    }

    private showRemote(edits: TextEdit[]): void {
        const view = this.view;
        if (!view) return;
        const changes = changesOf(edits, view.state.doc.length);
        holdStill(view, () => this.dispatch({ changes, effects: remoteEditEffect.of(rangesOf(changes)) }));
    }

    // The text has it already.
    tellMissed({ length, edits }: Missed): void {
        if (length > 0 && edits.length > 0)
            this.dispatch({ effects: remoteEditEffect.of(rangesOf(changesOf(edits, length))) });
    }

    private play(undone: Undone, event: string): void {
        const view = this.view;
        if (!view || undone.edits.length === 0) return;
        const changes = changesOf(undone.edits, view.state.doc.length);
        const selection = undone.selection
            ? EditorSelection.single(undone.selection.tail, undone.selection.head)
            : undefined;
        this.dispatch({ changes, selection, scrollIntoView: true, userEvent: event } as TransactionSpec);
        this.client.turn();
    }

    // After an edit that the replica did not take.
    private showTruth(): void {
        const view = this.view;
        if (!view) return;
        const [shown, truth] = [view.state.doc.toString(), this.client.engine.text()];
        let start = 0;
        while (start < shown.length && start < truth.length && shown[start] === truth[start]) ++start;
        let end = 0;
        const most = Math.min(shown.length, truth.length) - start;
        while (end < most && shown[shown.length - 1 - end] === truth[truth.length - 1 - end]) ++end;
        this.dispatch({
            changes: { from: start, to: shown.length - end, insert: truth.slice(start, truth.length - end) },
        });
    }
}
