// The panel beside the text: one of several contents at a time, made when it is first shown; the event "shown" tells it
// each time.
import { tr } from "../words/words.ts";
import { button, element } from "./elements.ts";

interface Content {
    title: string;
    make: () => HTMLElement;
    made: HTMLElement | null;
}

export class SidePanel {
    private readonly contents = new Map<string, Content>();
    private readonly title = element("h2", {});
    private readonly body = element("div", { class: "panel-body", tabindex: 0 });
    readonly root: HTMLElement;
    private shown: string | null = null;

    constructor(onClosed: () => void) {
        const close = button(
            tr("Close"),
            "close",
            () => {
                this.close();
                onClosed();
            },
            { class: "icon-button" },
        );
        this.root = element(
            "aside",
            { class: "panel", hidden: true, "aria-label": tr("Panel") },
            element("header", { class: "panel-head" }, this.title, close),
            this.body,
        );
    }

    add(name: string, title: string, make: () => HTMLElement): void {
        this.contents.set(name, { title, make, made: null });
    }

    toggle(name: string): void {
        if (this.shown === name) this.close();
        else this.open(name);
    }

    open(name: string): void {
        const content = this.contents.get(name);
        if (!content) return;
        content.made ??= content.make();
        this.shown = name;
        this.title.textContent = content.title;
        this.root.setAttribute("aria-label", content.title);
        this.root.dataset["content"] = name;
        this.body.replaceChildren(content.made);
        this.root.hidden = false;
        content.made.dispatchEvent(new Event("shown"));
    }

    close(): void {
        this.shown = null;
        this.root.hidden = true;
    }
}
