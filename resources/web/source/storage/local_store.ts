// What this browser keeps of documents: a copy of each as the server had it, and the edits that are not saved
// yet, by the tab that made them. A tab holds a lock with its name, so that another one takes over only what a tab
// has left that is no more.
import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import type { JournalChanges } from "../engine/engine.ts";

interface Schema extends DBSchema {
    copies: { key: string; value: { document: string; bytes: Uint8Array; savedAt: number } };
    heads: { key: [string, string]; value: { document: string; tab: string; head: Uint8Array; entryCount: number } };
    entries: {
        key: [string, string, number];
        value: { document: string; tab: string; number: number; bytes: Uint8Array };
    };
}

export interface Leftover {
    tab: string;
    head: Uint8Array;
    entries: Uint8Array[];
}

const databaseName = "tandem";

function ofTab(document: string, tab: string): IDBKeyRange {
    return IDBKeyRange.bound([document, tab, 0], [document, tab, Infinity]);
}

function lockName(tab: string): string {
    return `tandem tab ${tab}`;
}

export class LocalStore {
    // Of this page for its life; never the same twice.
    readonly tab = Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) =>
        byte.toString(16).padStart(2, "0"),
    ).join("");

    private constructor(
        private readonly database: IDBPDatabase<Schema>,
        private readonly document: string,
    ) {}

    static async open(document: string): Promise<LocalStore> {
        const database = await openDB<Schema>(databaseName, 1, {
            upgrade(fresh) {
                fresh.createObjectStore("copies", { keyPath: "document" });
                fresh.createObjectStore("heads", { keyPath: ["document", "tab"] });
                fresh.createObjectStore("entries", { keyPath: ["document", "tab", "number"] });
            },
        });
        const store = new LocalStore(database, document);
        // Held until the page is gone. Pages that are not of a secure origin have no locks; there what two tabs take
        // over is sent twice under its ids, which does no harm.
        void navigator.locks?.request(lockName(store.tab), () => new Promise(() => undefined));
        return store;
    }

    // Whether this browser may have kept anything, which is told sooner than it is opened.
    static async isThere(): Promise<boolean> {
        if (!indexedDB.databases) return true;
        return (await indexedDB.databases()).some(({ name }) => name === databaseName);
    }

    async copy(): Promise<Uint8Array | null> {
        return (await this.database.get("copies", this.document))?.bytes ?? null;
    }

    async keepCopy(bytes: Uint8Array): Promise<void> {
        await this.database.put("copies", { document: this.document, bytes, savedAt: Date.now() });
    }

    async dropCopy(): Promise<void> {
        await this.database.delete("copies", this.document);
    }

    // Of tabs that are no more, the oldest first.
    async leftovers(): Promise<Leftover[]> {
        const heads = await this.database.getAll(
            "heads",
            IDBKeyRange.bound([this.document, ""], [this.document, "\uffff"]),
        );
        const left: Leftover[] = [];
        for (const { tab, head } of heads) {
            if (tab === this.tab || !(await this.isFree(tab))) continue;
            const entries = await this.database.getAll("entries", ofTab(this.document, tab));
            left.push({ tab, head, entries: entries.map((entry) => entry.bytes) });
        }
        return left;
    }

    private async isFree(tab: string): Promise<boolean> {
        if (!navigator.locks) return true;
        return navigator.locks.request(lockName(tab), { ifAvailable: true }, (lock) => lock !== null);
    }

    // In one step, durable when it is done: `taken` are the tabs whose edits are this one's now.
    async keepJournal(changes: JournalChanges, taken: string[]): Promise<void> {
        const step = this.database.transaction(["heads", "entries"], "readwrite", { durability: "strict" });
        const heads = step.objectStore("heads");
        const entries = step.objectStore("entries");
        const { document, tab } = this;
        for (const { number, bytes } of changes.came) void entries.put({ document, tab, number, bytes });
        for (const number of changes.went) void entries.delete([document, tab, number]);
        if (changes.entryCount > 0)
            void heads.put({ document, tab, head: changes.head, entryCount: changes.entryCount });
        else void heads.delete([document, tab]);
        for (const other of taken) {
            void heads.delete([document, other]);
            void entries.delete(ofTab(document, other));
        }
        await step.done;
    }
}
