// The documents that the server lists, where it does.
import { Refusal, Rest } from "../connection/rest.ts";

export interface Summary {
    id: string;
    title: string;
    updated: string;
}

export async function listed(query: string): Promise<Summary[]> {
    try {
        const path = `/v1/docs?limit=100${query ? `&q=${encodeURIComponent(query)}` : ""}`;
        return (await new Rest("").json<{ documents: Summary[] }>("GET", path)).documents;
    } catch (error) {
        if (error instanceof Refusal) return [];
        throw error;
    }
}
