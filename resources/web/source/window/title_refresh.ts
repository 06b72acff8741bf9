// Another's rename is told with the next join only: whoever comes back to the page asks for the title. The text, which
// comes with it, is asked for only when something beside it has changed.
import type { Rest } from "../connection/rest.ts";

const pauseMs = 2_000;

export class TitleRefresh {
    private askedAt = 0;
    private revision = "";

    constructor(
        private readonly rest: Rest,
        private readonly path: string,
        private readonly onTitle: (title: string) => void,
    ) {
        addEventListener("focus", () => void this.ask());
        document.addEventListener("visibilitychange", () => {
            if (!document.hidden) void this.ask();
        });
    }

    private async ask(): Promise<void> {
        if (Date.now() - this.askedAt < pauseMs) return;
        this.askedAt = Date.now();
        try {
            const { headers } = await this.rest.send("HEAD", this.path);
            const revision = headers.get("ETag")?.split(".").at(-1) ?? "";
            if (revision === this.revision) return;
            this.onTitle((await this.rest.json<{ title: string }>("GET", this.path)).title);
            this.revision = revision;
        } catch {
            // without the server the title stays
        }
    }
}
