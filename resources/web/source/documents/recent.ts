// The documents one has opened in this browser, with what opens them.
import type { DocumentAddress } from "../connection/address.ts";

export interface RecentDocument extends DocumentAddress {
    title: string;
    openedAt: number;
    binnedAt?: number; // by this person, who can bring it back
}

const key = "tandem.recent";
const most = 50;
const binLifeMs = 30 * 24 * 3_600_000;

export function recentDocuments(): RecentDocument[] {
    try {
        const stored = JSON.parse(localStorage.getItem(key) ?? "[]") as RecentDocument[];
        const isThere = ({ id, binnedAt }: RecentDocument) =>
            typeof id === "string" && (binnedAt === undefined || binnedAt > Date.now() - binLifeMs);
        return Array.isArray(stored) ? stored.filter((entry) => entry && isThere(entry)) : [];
    } catch {
        return [];
    }
}

export function noteRecent(opened: DocumentAddress, title: string): void {
    const others = recentDocuments().filter((entry) => entry.id !== opened.id);
    const all = [{ ...opened, title, openedAt: Date.now() }, ...others].slice(0, most);
    localStorage.setItem(key, JSON.stringify(all));
}

export function noteBinned(id: string, isBinned: boolean): void {
    const all = recentDocuments().map((entry) =>
        entry.id === id ? { ...entry, binnedAt: isBinned ? Date.now() : undefined } : entry,
    );
    localStorage.setItem(key, JSON.stringify(all));
}

export function forgetRecent(id: string): void {
    localStorage.setItem(key, JSON.stringify(recentDocuments().filter((entry) => entry.id !== id)));
}
