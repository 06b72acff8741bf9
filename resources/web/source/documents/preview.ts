// The text as Markdown says it looks. Markup in the text is shown as text; nothing is fetched: pictures are named,
// not shown.
import DOMPurify from "dompurify";
import { Marked } from "marked";
import type { OpenDocument } from "../window/open_document.ts";
import { tr } from "../words/words.ts";

const drawAfterMs = 120;
const most = 2_000_000; // units; more would stop the page

function escaped(text: string): string {
    const box = document.createElement("span");
    box.textContent = text;
    return box.innerHTML;
}

const marked = new Marked({
    gfm: true,
    async: false,
    renderer: {
        html: ({ text }) => escaped(text),
        image: ({ text, title }) =>
            `<span class="preview-image">${escaped(tr("Picture: %1", text || title || tr("without a name")))}</span>`,
    },
});

export function previewOf(text: string): DocumentFragment {
    const fragment = DOMPurify.sanitize(marked.parse(text) as string, {
        RETURN_DOM_FRAGMENT: true,
        FORBID_TAGS: ["style", "img", "svg", "math", "form", "iframe", "video", "audio", "picture", "source"],
        FORBID_ATTR: ["style", "id", "name"],
        ALLOW_DATA_ATTR: false,
    });
    for (const task of fragment.querySelectorAll<HTMLInputElement>("input"))
        task.setAttribute("aria-label", task.checked ? tr("Done") : tr("To do"));
    for (const link of fragment.querySelectorAll("a[href]")) {
        if (!/^(https?:|mailto:)/i.test(link.getAttribute("href")!)) link.removeAttribute("href");
        link.setAttribute("target", "_blank");
        link.setAttribute("rel", "noopener noreferrer nofollow");
    }
    return fragment;
}

export class Preview {
    private timer = 0;

    constructor(
        private readonly place: HTMLElement,
        private readonly window: OpenDocument,
    ) {
        window.editor.listen(() => this.drawSoon());
        place.addEventListener("shown", () => this.draw());
        this.draw();
    }

    private drawSoon(): void {
        clearTimeout(this.timer);
        this.timer = self.setTimeout(() => this.draw(), drawAfterMs);
    }

    private draw(): void {
        if (!this.place.isConnected) return;
        const { doc } = this.window.editor.view.state;
        if (doc.length > most) this.place.textContent = tr("The document is too long for a preview.");
        else this.place.replaceChildren(previewOf(doc.toString()));
    }
}
