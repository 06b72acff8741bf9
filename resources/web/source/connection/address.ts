// Where a document is, and what opens it: /ui/?doc=ID#token=SECRET.
export interface DocumentAddress {
    id: string;
    token: string; // empty: none
}

export function addressHere(): DocumentAddress | null {
    const id = new URLSearchParams(location.search).get("doc");
    if (!id || !/^[A-Za-z0-9_-]{16,64}$/.test(id)) return null;
    return { id, token: new URLSearchParams(location.hash.slice(1)).get("token") ?? "" };
}

export function pageOf({ id, token }: DocumentAddress): string {
    return `/ui/?doc=${id}${token ? `#token=${token}` : ""}`;
}

export function socketOf(id: string): string {
    return `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/v1/ws/docs/${id}`;
}
