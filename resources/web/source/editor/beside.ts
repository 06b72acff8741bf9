// Something drawn beside the text, at the editor's edges: measured and written anew, when the editor measures anyway,
// whenever text, view or the others' carets have changed.
import type { Extension } from "@codemirror/state";
import { EditorView, ViewPlugin } from "@codemirror/view";
import { peersField } from "./peer_carets.ts";

export function beside<Seen>(
    className: string,
    read: (view: EditorView) => Seen,
    write: (place: HTMLElement, seen: Seen, view: EditorView) => void,
): Extension {
    return ViewPlugin.define((view) => {
        const place = document.createElement("div");
        place.className = className;
        view.dom.append(place);
        const measuring = { key: place, read, write: (seen: Seen) => write(place, seen, view) };
        const ask = () => view.requestMeasure(measuring);
        view.scrollDOM.addEventListener("scroll", ask, { passive: true });
        ask();
        return {
            update(update) {
                const peersMoved = update.state.field(peersField) !== update.startState.field(peersField);
                if (update.docChanged || update.geometryChanged || peersMoved) ask();
            },
            destroy() {
                view.scrollDOM.removeEventListener("scroll", ask);
                place.remove();
            },
        };
    });
}
