// The documents one has opened in this browser, with what opens them.
import type { DocumentAddress } from "../connection/address.ts";

export interface RecentDocument extends DocumentAddress {
    title: string;
    openedAt: number;
}

const key = "tandem.recent";
const most = 50;

export function recentDocuments(): RecentDocument[] {
    try {
        const stored = JSON.parse(localStorage.getItem(key) ?? "[]") as RecentDocument[];
        return Array.isArray(stored) ? stored.filter((entry) => typeof entry?.id === "string") : [];
    } catch {
        return [];
    }
}

export function noteRecent(opened: DocumentAddress, title: string): void {
    const others = recentDocuments().filter((entry) => entry.id !== opened.id);
    const all = [{ ...opened, title, openedAt: Date.now() }, ...others].slice(0, most);
    localStorage.setItem(key, JSON.stringify(all));
}

export function forgetRecent(id: string): void {
    localStorage.setItem(key, JSON.stringify(recentDocuments().filter((entry) => entry.id !== id)));
}
