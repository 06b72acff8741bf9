// Marks over the scroll bar, which works as ever: where the others' carets and selections are.
import type { Extension } from "@codemirror/state";
import type { EditorView } from "@codemirror/view";
import { element } from "../window/elements.ts";
import { beside } from "./beside.ts";
import { peersField, placeOf } from "./peer_carets.ts";

const caretHeight = 4;

interface Mark {
    color: number;
    top: number;
    height: number;
    isSelection: boolean;
}

function read(view: EditorView): { top: number; marks: Mark[] } {
    const { scrollDOM } = view;
    const marks: Mark[] = [];
    const top = scrollDOM.offsetTop;
    if (scrollDOM.scrollHeight <= scrollDOM.clientHeight) return { top, marks };
    const scale = scrollDOM.clientHeight / scrollDOM.scrollHeight;
    const start = view.documentTop - scrollDOM.getBoundingClientRect().top + scrollDOM.scrollTop;
    for (const peer of view.state.field(peersField)) {
        const place = placeOf(view, peer);
        if (!place) continue;
        const heightAt = (offset: number, edge: "top" | "bottom") => (start + view.lineBlockAt(offset)[edge]) * scale;
        if (place.from !== place.to) {
            const first = heightAt(place.from, "top");
            const height = Math.max(caretHeight, heightAt(place.to, "bottom") - first);
            marks.push({ color: peer.color, top: first, height, isSelection: true });
        }
        const middle = (heightAt(place.head, "top") + heightAt(place.head, "bottom")) / 2;
        marks.push({ color: peer.color, top: middle - caretHeight / 2, height: caretHeight, isSelection: false });
    }
    return { top, marks };
}

export const scrollMarks: Extension = beside("scroll-marks", read, (place, { top, marks }) => {
    place.replaceChildren(
        ...marks.map((mark) => {
            const kind = mark.isSelection ? "scroll-mark of-selection" : "scroll-mark";
            const drawn = element("div", { class: `${kind} person-${mark.color}` });
            drawn.style.top = `${top + mark.top}px`;
            drawn.style.height = `${mark.height}px`;
            return drawn;
        }),
    );
});
