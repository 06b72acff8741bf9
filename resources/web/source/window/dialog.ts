// A dialog with a head and a close button; the browser's own, which keeps the focus in it.
import { tr } from "../words/words.ts";
import { button, element } from "./elements.ts";

export function openDialog(title: string, name: string, ...children: (Node | string)[]): HTMLDialogElement {
    const head = element("h2", { id: `${name}-title` }, title);
    const dialog = element("dialog", { class: name, "aria-labelledby": `${name}-title` });
    dialog.append(
        element(
            "div",
            { class: "dialog-head" },
            head,
            button(tr("Close"), "close", () => dialog.close(), { class: "icon-button" }),
        ),
        ...children,
    );
    dialog.addEventListener("close", () => dialog.remove());
    dialog.addEventListener("click", (event) => {
        if (event.target === dialog) dialog.close(); // beside it
    });
    document.body.append(dialog);
    dialog.showModal();
    return dialog;
}

export function sentenceOf(error: unknown): string {
    return error instanceof Error ? error.message : String(error);
}
