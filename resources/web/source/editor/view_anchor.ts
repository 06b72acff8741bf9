// The view holds still while others edit above: the caret's line if one sees it, else the first visible line, which
// the editor itself keeps in its place.
import type { EditorView } from "@codemirror/view";

export function holdStill(view: EditorView, change: () => void): void {
    const box = view.scrollDOM.getBoundingClientRect();
    const caretTop = () => view.coordsAtPos(view.state.selection.main.head)?.top;
    const before = view.hasFocus ? caretTop() : undefined;
    change();
    if (before === undefined || before < box.top || before > box.bottom) return;
    const after = caretTop(); // measures, and with it the editor keeps its first line in its place
    if (after !== undefined && Math.abs(after - before) > 0.5) view.scrollDOM.scrollTop += after - before;
}
