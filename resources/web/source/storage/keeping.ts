// Keeps in this browser what a document needs to go on without the server: edits that are not saved within 200 ms,
// a copy of the document when it is quiet. Tells when the browser refuses.
import type { DocumentClient } from "../client/document_client.ts";
import { type Leftover, LocalStore } from "./local_store.ts";

const journalAfterMs = 100;
const copyAfterMs = 2_000;

// What the browser has of a document, read while all else is still on its way.
export interface Kept {
    store: () => Promise<LocalStore | null>; // opened when first asked for; none: the browser refuses to keep anything
    leftovers: Leftover[];
    copy: Uint8Array | null;
}

export async function keptOf(document: string): Promise<Kept> {
    let opening: Promise<LocalStore | null> | undefined;
    const store = () => (opening ??= LocalStore.open(document).catch(() => null));
    const nothing: Kept = { store, leftovers: [], copy: null };
    try {
        const opened = (await LocalStore.isThere()) ? await store() : null;
        if (!opened) return nothing;
        const [leftovers, copy] = await Promise.all([opened.leftovers(), opened.copy()]);
        return { store, leftovers, copy };
    } catch (error) {
        console.warn(error); // stays where it is, and new edits are kept beside it if that can be
        return nothing;
    }
}

export class Keeping {
    // In words for people; empty: all is kept.
    problem = "";
    onProblem: () => void = () => undefined;

    private journalTimer = 0;
    private copyTimer = 0;
    private writing: Promise<void> = Promise.resolve();
    private kept = 0; // entries in the browser
    private keptVersion = -1;
    private closed = false;

    private constructor(
        private readonly client: DocumentClient,
        private readonly store: Kept["store"],
        private taken: string[],
    ) {
        client.listen({ onTurn: () => this.turn() });
        addEventListener("pagehide", () => void this.keepAll());
        addEventListener("beforeunload", (event) => {
            if (this.problem && client.engine.status().unsaved > 0) event.preventDefault(); // they would be lost
        });
        document.addEventListener("visibilitychange", () => {
            if (document.visibilityState === "hidden") void this.keepAll();
        });
    }

    // Takes over what other tabs have left, shows the copy; gives what keeps the rest up.
    static begin(client: DocumentClient, { store, leftovers, copy }: Kept): Keeping {
        const taken: string[] = [];
        for (const { tab, head, entries } of leftovers) {
            try {
                if (client.engine.addLeftover(head, entries)) taken.push(tab);
            } catch (error) {
                console.warn(error); // stays where it is, for another version to read
            }
        }
        try {
            client.engine.begin(copy);
        } catch {
            void store().then((opened) => opened?.dropCopy()); // damaged: the server has it
        }
        return new Keeping(client, store, taken);
    }

    // Opens what will be written to, so that the first edit does not wait for it.
    prepare(): void {
        void this.store();
    }

    // The document is not this person's to read any more.
    async close(): Promise<void> {
        if (this.closed) return;
        this.closed = true;
        clearTimeout(this.copyTimer);
        await (await this.store())?.dropCopy();
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
                const store = await this.store();
                if (!store) throw new Error("there is no storage");
                await store.keepJournal(changes, this.taken);
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
        if (this.closed) return;
        const { version } = this.client.engine.status();
        const copy = version === this.keptVersion ? null : this.client.engine.copy();
        if (!copy) return;
        try {
            await (await this.store())?.keepCopy(copy);
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
