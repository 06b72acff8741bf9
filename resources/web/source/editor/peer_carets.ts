// The others' carets and selections: a bar with a flag that tells the name when it moves, and a tint. Drawn over
// and under the text, which they never change.
import { EditorSelection, type Extension, StateEffect, StateField } from "@codemirror/state";
import { EditorView, type LayerMarker, layer, RectangleMarker } from "@codemirror/view";
import type { Peer } from "../engine/engine.ts";

export interface ShownPeer extends Peer {
    movedAt: number;
}

export const setPeers = StateEffect.define<Peer[]>();

const flagMs = 3_000;

function moved(before: ShownPeer | undefined, peer: Peer, now: number): number {
    if (!before) return now;
    const same =
        before.selection?.tail === peer.selection?.tail && before.selection?.head === peer.selection?.head;
    return same ? before.movedAt : now;
}

export const peersField = StateField.define<ShownPeer[]>({
    create: () => [],
    update(peers, transaction) {
        let shown = peers;
        if (transaction.docChanged)
            shown = shown.map((peer) => ({
                ...peer,
                selection: peer.selection && {
                    tail: transaction.changes.mapPos(peer.selection.tail, -1),
                    head: transaction.changes.mapPos(peer.selection.head, -1),
                },
            }));
        for (const effect of transaction.effects) {
            if (!effect.is(setPeers)) continue;
            const now = Date.now();
            const before = new Map(shown.map((peer) => [peer.session, peer]));
            shown = effect.value.map((peer) => ({ ...peer, movedAt: moved(before.get(peer.session), peer, now) }));
        }
        return shown;
    },
});

// A peer's selection within the text as it is now.
export function placeOf(view: EditorView, peer: Peer): { from: number; to: number; head: number } | null {
    if (!peer.selection) return null;
    const within = (offset: number) => Math.min(offset, view.state.doc.length);
    const [tail, head] = [within(peer.selection.tail), within(peer.selection.head)];
    return { from: Math.min(tail, head), to: Math.max(tail, head), head };
}

class CaretMarker implements LayerMarker {
    constructor(
        private readonly peer: ShownPeer,
        private readonly left: number,
        private readonly top: number,
        private readonly height: number,
        private readonly below: boolean,
    ) {}

    eq(other: CaretMarker): boolean {
        return (
            this.peer.session === other.peer.session &&
            this.peer.name === other.peer.name &&
            this.peer.color === other.peer.color &&
            this.peer.idle === other.peer.idle &&
            this.peer.movedAt === other.peer.movedAt &&
            this.left === other.left &&
            this.top === other.top &&
            this.height === other.height &&
            this.below === other.below
        );
    }

    draw(): HTMLElement {
        const bar = document.createElement("div");
        const flag = document.createElement("span");
        flag.className = "caret-flag";
        bar.append(flag);
        this.adjust(bar);
        this.wave(bar);
        return bar;
    }

    update(bar: HTMLElement, before: CaretMarker): boolean {
        if (before.peer.session !== this.peer.session) return false;
        this.adjust(bar);
        if (before.peer.movedAt !== this.peer.movedAt) this.wave(bar);
        return true;
    }

    private adjust(bar: HTMLElement): void {
        bar.className = `peer-caret person-${this.peer.color}`;
        bar.classList.toggle("idle", this.peer.idle);
        bar.classList.toggle("flag-below", this.below);
        bar.dataset["session"] = this.peer.session;
        bar.style.left = `${this.left}px`;
        bar.style.top = `${this.top}px`;
        bar.style.height = `${this.height}px`;
        bar.firstElementChild!.textContent = this.peer.name;
    }

    private wave(bar: HTMLElement): void {
        const leftMs = flagMs - (Date.now() - this.peer.movedAt);
        if (leftMs <= 0) return;
        const flag = bar.firstElementChild as HTMLElement;
        flag.dataset["until"] = String(this.peer.movedAt + flagMs);
        flag.classList.add("shown");
        setTimeout(() => {
            if (Date.now() >= Number(flag.dataset["until"])) flag.classList.remove("shown");
        }, leftMs + 10);
    }
}

// The flag stands over the line above; not while one types there.
function coversTyping(view: EditorView, head: number): boolean {
    const mine = view.state.doc.lineAt(view.state.selection.main.head).number;
    return view.hasFocus && view.state.doc.lineAt(head).number === mine + 1;
}

function caretMarkers(view: EditorView): CaretMarker[] {
    const markers: CaretMarker[] = [];
    for (const peer of view.state.field(peersField)) {
        const place = placeOf(view, peer);
        if (!place || place.head < view.viewport.from || place.head > view.viewport.to) continue;
        const [at] = RectangleMarker.forRange(view, "", EditorSelection.cursor(place.head));
        if (!at) continue;
        const below = place.head <= view.lineBlockAt(0).to || coversTyping(view, place.head);
        markers.push(new CaretMarker(peer, at.left, at.top, at.height, below));
    }
    return markers;
}

function selectionMarkers(view: EditorView): readonly RectangleMarker[] {
    return view.state.field(peersField).flatMap((peer) => {
        const place = placeOf(view, peer);
        if (!place || place.from === place.to) return [];
        const range = EditorSelection.range(place.from, place.to);
        return [...RectangleMarker.forRange(view, `peer-selection person-${peer.color}`, range)];
    });
}

// A flag comes back while the pointer is at its bar.
const flagsUnderPointer = EditorView.domEventHandlers({
    mousemove(event, view) {
        for (const bar of view.dom.querySelectorAll<HTMLElement>(".peer-caret")) {
            const box = bar.getBoundingClientRect();
            const near =
                Math.abs(event.clientX - box.left) < 8 && event.clientY >= box.top && event.clientY <= box.bottom;
            bar.classList.toggle("pointed", near);
        }
    },
});

export const peerCarets: Extension = [
    peersField,
    layer({
        above: true,
        class: "peer-carets",
        update: (update) =>
            update.docChanged || update.selectionSet || update.startState.field(peersField) !== update.state.field(peersField),
        markers: caretMarkers,
    }),
    layer({
        above: false,
        class: "peer-selections",
        update: (update) =>
            update.docChanged || update.startState.field(peersField) !== update.state.field(peersField),
        markers: selectionMarkers,
    }),
    flagsUnderPointer,
];
