// Shows who wrote what: authors come from the replica, their names from the server.
import { setAuthorSpans, type AuthorSpan } from "../editor/authorship.ts";
import { authorWords, Past, periodsOf } from "../documents/past.ts";
import { tr } from "../words/words.ts";
import type { OpenDocument } from "./open_document.ts";
import { colorOfName } from "./person.ts";

const refreshAfterMs = 300;

export class AuthorColors {
    shown = false;
    private readonly names = new Map<number, string>();
    private periods = new Map<number, string>();
    private readonly past: Past;
    private timer = 0;

    constructor(private readonly window: OpenDocument) {
        this.past = new Past(window.rest, `/v1/docs/${window.address.id}`);
    }

    toggle(): void {
        this.shown = !this.shown;
        if (this.shown) void this.askNames().then(() => this.show());
        else this.window.editor.view.dispatch({ effects: setAuthorSpans.of([]) });
    }

    refreshSoon(): void {
        if (!this.shown || this.timer) return;
        this.timer = window.setTimeout(() => {
            this.timer = 0;
            this.show();
        }, refreshAfterMs);
    }

    private show(): void {
        if (!this.shown) return;
        const spans: AuthorSpan[] = [];
        let from = 0;
        let unknown = false;
        for (const { replica, length } of this.window.client.engine.authors()) {
            const name = this.names.get(replica);
            unknown ||= name === undefined;
            spans.push({
                from,
                to: from + length,
                color: colorOfName(name ?? String(replica)),
                name: authorWords(name ?? tr("Not known yet"), this.periods.get(replica)),
            });
            from += length;
        }
        this.window.editor.view.dispatch({ effects: setAuthorSpans.of(spans) });
        if (unknown && !this.asking) void this.askNames().then(() => this.show());
    }

    private asking = false;
    private async askNames(): Promise<void> {
        this.asking = true;
        try {
            const [authors, sessions] = await Promise.all([this.past.authors(), this.past.sessions()]);
            this.periods = periodsOf(sessions);
            for (const { replica, name } of authors) this.names.set(replica, name ?? tr("Someone"));
        } catch {
            // shown without names; asked again with the next edit of someone unknown
        }
        setTimeout(() => (this.asking = false), 3_000);
    }
}
