// Follows another's caret, until one scrolls or types oneself.
import { EditorView } from "@codemirror/view";
import type { Peer } from "../engine/engine.ts";
import type { OpenDocument } from "./open_document.ts";

export class Following {
    followed: string | null = null;
    private peers: Peer[] = [];

    constructor(private readonly window: OpenDocument) {
        const stop = () => this.followed && window.follow(null);
        const { scrollDOM } = window.editor.view;
        scrollDOM.addEventListener("wheel", stop, { passive: true });
        scrollDOM.addEventListener("touchmove", stop, { passive: true });
        addEventListener("keydown", stop);
    }

    follow(session: string | null): void {
        this.followed = session === this.followed ? null : session;
        this.show();
    }

    notePeers(peers: Peer[]): void {
        this.peers = peers;
        if (this.followed && !this.peer()) this.followed = null;
        this.show();
    }

    name(): { name: string; color: number } | null {
        return this.peer() ?? null;
    }

    private peer(): Peer | undefined {
        return this.peers.find((peer) => peer.session === this.followed);
    }

    private show(): void {
        const selection = this.peer()?.selection;
        if (!selection) return;
        const { view } = this.window.editor;
        const head = Math.min(selection.head, view.state.doc.length);
        view.dispatch({ effects: EditorView.scrollIntoView(head, { y: "nearest", yMargin: 80 }) });
    }
}
