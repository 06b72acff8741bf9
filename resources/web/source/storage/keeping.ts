// Keeps in this browser what a document needs to go on without the server: edits that are not saved within 200 ms,
// a copy of the document when it is quiet. Tells when the browser refuses.
import type { DocumentClient } from "../client/document_client.ts";
import type { LocalStore } from "./local_store.ts";

const journalAfterMs = 100;
const copyAfterMs = 2_000;

export class Keeping {
    // In words for people; empty: all is kept.
    problem = "";

    private journalTimer = 0;
    private copyTimer = 0;
    private writing: Promise<void> = Promise.resolve();
    private kept = 0; // entries in the browser
    private keptVersion = -1;
    private closed = false;

    constructor(
        private readonly client: DocumentClient,
        private readonly store: LocalStore | null, // none: the browser refuses to keep anything
        private taken: string[],
        private readonly onProblem: () => void,
    ) {
        client.listen({ onTurn: () => this.turn() });
        addEventListener("pagehide", () => void this.keepAll());
        document.addEventListener("visibilitychange", () => {
            if (document.visibilityState === "hidden") void this.keepAll();
        });
    }

    // Takes over what other tabs have left, shows the copy; gives what keeps the rest up.
    static async begin(client: DocumentClient, store: LocalStore | null, onProblem: () => void): Promise<Keeping> {
        const taken: string[] = [];
        if (!store) {
            client.engine.begin(null);
            return new Keeping(client, store, taken, onProblem);
        }
        for (const leftover of await store.leftovers()) {
            try {
                if (client.engine.addLeftover(leftover.head, leftover.entries)) taken.push(leftover.tab);
            } catch (error) {
                console.warn(error); // stays where it is, for another version to read
            }
        }
        const copy = await store.copy();
        try {
            client.engine.begin(copy);
        } catch {
            await store.dropCopy(); // damaged: the server has it
        }
        return new Keeping(client, store, taken, onProblem);
    }

    // The document is not this person's to read any more.
    async close(): Promise<void> {
        if (this.closed) return;
        this.closed = true;
        clearTimeout(this.copyTimer);
        await this.store?.dropCopy();
    }

    async keepAll(): Promise<void> {
        await Promise.all([this.keepJournal(), this.keepCopy()]);
    }

    private turn(): void {
        const { unsaved, version } = this.client.engine.status();
        if (!this.journalTimer && (unsaved !== this.kept || unsaved > 0 || this.taken.length > 0))
            this.journalTimer = window.setTimeout(() => void this.keepJournal(), journalAfterMs);
        if (version !== this.keptVersion && unsaved === 0 && !this.closed) {
            clearTimeout(this.copyTimer);
            this.copyTimer = window.setTimeout(() => void this.keepCopy(), copyAfterMs);
        }
    }

    // One after another, so that the browser never has less than was there before.
    private keepJournal(): Promise<void> {
        clearTimeout(this.journalTimer);
        this.journalTimer = 0;
        this.writing = this.writing.then(async () => {
            const changes = this.client.engine.journal();
            if (changes.came.length === 0 && changes.went.length === 0 && this.taken.length === 0) return;
            try {
                if (!this.store) throw new Error("there is no storage");
                await this.store.keepJournal(changes, this.taken);
                this.taken = [];
                this.kept = changes.entryCount;
                this.tell("");
            } catch (error) {
                this.client.engine.beginJournalAnew();
                this.tell(String(error));
            }
        });
        return this.writing;
    }

    private async keepCopy(): Promise<void> {
        if (this.closed || !this.store) return;
        const { version } = this.client.engine.status();
        const copy = version === this.keptVersion ? null : this.client.engine.copy();
        if (!copy) return;
        try {
            await this.store.keepCopy(copy);
            this.keptVersion = version;
        } catch (error) {
            console.warn(error); // the server has it
        }
    }

    private tell(problem: string): void {
        if (problem === this.problem) return;
        this.problem = problem;
        this.onProblem();
    }
}
