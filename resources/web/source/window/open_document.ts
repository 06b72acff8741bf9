// An open document, as its parts know it: what they share, and what they may ask of the window that put them together.
import type { DocumentClient } from "../client/document_client.ts";
import type { DocumentAddress } from "../connection/address.ts";
import type { Rest } from "../connection/rest.ts";
import type { Editor } from "../editor/editor.ts";
import type { Notices } from "./notices.ts";
import type { Person } from "./person.ts";

export interface OpenDocument {
    readonly address: DocumentAddress;
    readonly client: DocumentClient;
    readonly editor: Editor;
    readonly rest: Rest;
    readonly notices: Notices;
    readonly self: Person;
    readonly authorColors: { readonly shown: boolean; toggle(): void };

    follow(session: string | null): void;
    noteRenamed(title: string): void;
    // Before the page is left on purpose.
    leave(href: string): Promise<void>;
    reload(): Promise<void>;
}
