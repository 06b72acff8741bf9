// The past of a document, as the server tells it.
import type { Rest } from "../connection/rest.ts";

export interface Session {
    from: number;
    to: number;
    started: string;
    ended: string;
    authors: { replica: number; name?: string; changes: number }[];
}

export interface NamedVersion {
    version: number;
    label: string;
    named: string;
}

export interface ChangeEdit {
    index: number; // code points, in the text after the ones before
    delete: number;
    insert: string;
    deleted: string;
}

export interface AuthorRange {
    index: number; // code points
    length: number;
    replica: number;
    name?: string;
}

const keptTexts = 60;
const period = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });

// From when to when each of them wrote, in words.
export function periodsOf(sessions: Session[]): Map<number, string> {
    const times = new Map<number, { first: number; last: number }>();
    for (const { started, ended, authors } of sessions)
        for (const { replica } of authors) {
            const [first, last] = [Date.parse(started), Date.parse(ended)];
            const known = times.get(replica) ?? { first, last };
            times.set(replica, { first: Math.min(first, known.first), last: Math.max(last, known.last) });
        }
    return new Map([...times].map(([replica, { first, last }]) => [replica, period.formatRange(first, last)]));
}

export function authorWords(name: string, when: string | undefined): string {
    return when ? `${name} · ${when}` : name;
}

export class Past {
    private readonly texts = new Map<number, string>();

    constructor(
        private readonly rest: Rest,
        private readonly path: string,
    ) {}

    async textAt(version: number): Promise<string> {
        const known = this.texts.get(version);
        if (known !== undefined) return known;
        const { text } = await this.rest.json<{ text: string }>("GET", `${this.path}?version=${version}`);
        this.texts.set(version, text);
        for (const oldest of this.texts.keys()) {
            if (this.texts.size <= keptTexts) break;
            this.texts.delete(oldest);
        }
        return text;
    }

    async changesSince(version: number): Promise<ChangeEdit[]> {
        return (await this.rest.json<{ edits: ChangeEdit[] }>("GET", `${this.path}/changes?from=${version}`)).edits;
    }

    // Of the newest text when no version is named.
    async authors(version?: number): Promise<AuthorRange[]> {
        const which = version === undefined ? "" : `?version=${version}`;
        return (await this.rest.json<{ authors: AuthorRange[] }>("GET", `${this.path}/authors${which}`)).authors;
    }

    async sessions(): Promise<Session[]> {
        return (await this.rest.json<{ sessions: Session[] }>("GET", `${this.path}/history?limit=100`)).sessions;
    }

    async named(): Promise<NamedVersion[]> {
        return (await this.rest.json<{ versions: NamedVersion[] }>("GET", `${this.path}/versions`)).versions;
    }

    async name(version: number, label: string): Promise<void> {
        await this.rest.send("POST", `${this.path}/versions`, { version, label });
    }

    async revert(version: number, name: string): Promise<void> {
        await this.rest.send("POST", `${this.path}/revert`, { version, name });
    }
}

export interface Part {
    kind: "same" | "came" | "went";
    text: string;
}

// The text of then with what has gone from it and come into it since.
export function partsOf(text: string, edits: ChangeEdit[]): Part[] {
    const old = Array.from(text);
    const parts: Part[] = [];
    let at = 0;
    let longer = 0;
    for (const edit of edits) {
        const start = edit.index - longer;
        parts.push({ kind: "same", text: old.slice(at, start).join("") });
        parts.push({ kind: "went", text: edit.deleted });
        parts.push({ kind: "came", text: edit.insert });
        at = start + edit.delete;
        longer += Array.from(edit.insert).length - edit.delete;
    }
    parts.push({ kind: "same", text: old.slice(at).join("") });
    return parts.filter((part) => part.text);
}
