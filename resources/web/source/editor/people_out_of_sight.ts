// Small chips at the upper and the lower edge for the people who are above or below what is in sight; a click goes
// there.
import type { Extension } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { element } from "../window/elements.ts";
import { tr } from "../words/words.ts";
import { beside } from "./beside.ts";
import { peersField, placeOf, type ShownPeer } from "./peer_carets.ts";

const mostAtAnEdge = 4;

interface Edges {
    top: number; // of the text's window, within the editor
    bottom: number;
    above: ShownPeer[];
    below: ShownPeer[];
}

function read(view: EditorView): Edges {
    const { scrollDOM } = view;
    const box = scrollDOM.getBoundingClientRect();
    const edges: Edges = {
        top: scrollDOM.offsetTop,
        bottom: view.dom.clientHeight - scrollDOM.offsetTop - scrollDOM.clientHeight,
        above: [],
        below: [],
    };
    for (const peer of view.state.field(peersField)) {
        const place = placeOf(view, peer);
        if (!place) continue;
        const line = view.lineBlockAt(place.head);
        if (view.documentTop + line.bottom <= box.top) edges.above.push(peer);
        else if (view.documentTop + line.top >= box.top + scrollDOM.clientHeight) edges.below.push(peer);
    }
    return edges;
}

function chip(view: EditorView, peer: ShownPeer, isAbove: boolean): HTMLElement {
    const words = isAbove ? tr("%1 is above: go there", peer.name) : tr("%1 is below: go there", peer.name);
    return element(
        "button",
        {
            type: "button",
            class: `chip person-${peer.color}${peer.idle ? " idle" : ""}`,
            "data-session": peer.session,
            title: words,
            "aria-label": words,
            onclick: () => {
                const now = view.state.field(peersField).find(({ session }) => session === peer.session);
                const place = now && placeOf(view, now);
                if (place) view.dispatch({ effects: EditorView.scrollIntoView(place.head, { y: "center" }) });
            },
        },
        element("span", { "aria-hidden": "true" }, isAbove ? "↑" : "↓"),
        element("span", { class: "chip-name" }, peer.name),
    );
}

// Chips stay the same elements while the same people are there, so that one can hit them.
function fill(edge: HTMLElement, view: EditorView, peers: ShownPeer[], isAbove: boolean): void {
    const shown = peers.slice(0, mostAtAnEdge);
    const key = shown.map(({ session, name, color, idle }) => `${session} ${name} ${color} ${idle}`).join("\n");
    if (edge.dataset["key"] === key) return;
    edge.dataset["key"] = key;
    edge.replaceChildren(...shown.map((peer) => chip(view, peer, isAbove)));
}

export const peopleOutOfSight: Extension = beside("chips", read, (place, edges, view) => {
    if (place.childElementCount === 0)
        place.append(element("div", { class: "chips-above" }), element("div", { class: "chips-below" }));
    const [above, below] = [...place.children] as [HTMLElement, HTMLElement];
    above.style.top = `${edges.top + 8}px`;
    below.style.bottom = `${edges.bottom + 8}px`;
    fill(above, view, edges.above, true);
    fill(below, view, edges.below, false);
});
