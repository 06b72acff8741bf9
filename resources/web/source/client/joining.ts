// Opens a document while the editor's code is still on its way: connection, module and what the browser has kept are
// asked for at the same time.
import engineFile from "given:engine";
import { type DocumentAddress, socketOf } from "../connection/address.ts";
import type { TextEdit } from "../engine/engine.ts";
import { keptOf, Keeping } from "../storage/keeping.ts";
import { type Person, person } from "../window/person.ts";
import { DocumentClient, socketTo } from "./document_client.ts";

const clientName = "tandem-page";

export interface Joined {
    client: DocumentClient;
    keeping: Keeping;
    self: Person;
    takeMissed: () => Missed;
}

// What came before there was an editor to show it; from the taking on it is told there.
export interface Missed {
    length: number; // of the text that the browser had kept; the edits begin with it
    edits: TextEdit[];
}

function collectMissed(client: DocumentClient, length: number): () => Missed {
    const edits: TextEdit[] = [];
    let collects = true;
    client.listen({
        onRemoteEdits: (more) => {
            if (collects) edits.push(...more);
        },
    });
    return () => {
        collects = false;
        return { length, edits };
    };
}

export async function join(address: DocumentAddress): Promise<Joined> {
    const compiling = WebAssembly.compileStreaming(fetch(engineFile));
    const socket = socketOf(address.id);
    const early = socketTo(socket);
    const looking = keptOf(address.id);
    const self = person();
    const client = await DocumentClient.open(await compiling, socket, early);
    client.engine.create(self, address.token, clientName);
    const keeping = Keeping.begin(client, await looking);
    const takeMissed = collectMissed(client, client.engine.text().length);
    client.start();
    return { client, keeping, self, takeMissed };
}
