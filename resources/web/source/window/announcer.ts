// Tells screen readers, at most every few seconds, what others do.
import { type Extension } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { remoteEditEffect } from "../editor/binding.ts";
import { peersField } from "../editor/peer_carets.ts";
import type { Peer } from "../engine/engine.ts";
import { tr } from "../words/words.ts";
import { element } from "./elements.ts";

const pauseMs = 5_000;

export class Announcer {
    private readonly region = element("div", { class: "only-heard", "aria-live": "polite" });
    private sentence = "";
    private timer = 0;
    private known: Map<string, string> | null = null;

    constructor() {
        document.body.append(this.region);
    }

    private say(sentence: string): void {
        this.sentence = sentence;
        if (this.timer) return;
        this.timer = window.setTimeout(() => {
            this.timer = 0;
            this.region.textContent = this.sentence;
        }, pauseMs);
    }

    notePeers(peers: Peer[]): void {
        const now = new Map(peers.map((peer) => [peer.session, peer.name]));
        if (this.known) {
            for (const [session, name] of now) if (!this.known.has(session)) this.say(tr("%1 has come", name));
            for (const [session, name] of this.known) if (!now.has(session)) this.say(tr("%1 has left", name));
        }
        this.known = now;
    }

    extension(): Extension {
        return EditorView.updateListener.of((update) => {
            for (const transaction of update.transactions)
                for (const effect of transaction.effects)
                    if (effect.is(remoteEditEffect)) this.noteEdit(update.view, effect.value.at(-1)?.to);
        });
    }

    private noteEdit(view: EditorView, at: number | undefined): void {
        if (at === undefined) return;
        const { doc } = view.state;
        const line = doc.lineAt(Math.min(at, doc.length)).number;
        const author = view.state
            .field(peersField)
            .find(({ selection }) => selection && doc.lineAt(Math.min(selection.head, doc.length)).number === line);
        this.say(author ? tr("%1 edited line %2", author.name, line) : tr("Line %1 was edited", line));
    }
}
