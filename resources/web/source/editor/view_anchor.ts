// The view holds still while others edit above: the caret's line if one sees it, else the first visible line, which
// the editor itself keeps in its place, if it measures between any two changes.
import type { EditorView } from "@codemirror/view";

function measure(view: EditorView): void {
    view.requestMeasure();
    view.lineBlockAtHeight(0); // does what was requested
}

export function holdStill(view: EditorView, change: () => void): void {
    measure(view);
    const box = view.scrollDOM.getBoundingClientRect();
    const caretTop = () => view.coordsAtPos(view.state.selection.main.head)?.top;
    const before = view.hasFocus ? caretTop() : undefined;
    change();
    measure(view);
    if (before === undefined || before < box.top || before > box.bottom) return;
    const after = caretTop();
    if (after !== undefined && Math.abs(after - before) > 0.5) view.scrollDOM.scrollTop += after - before;
}
