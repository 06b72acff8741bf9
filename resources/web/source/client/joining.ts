// Opens a document while the editor's code is still on its way: connection, module and what the browser has kept are
// asked for at the same time.
import engineFile from "given:engine";
import { type DocumentAddress, socketOf } from "../connection/address.ts";
import { keptOf, Keeping } from "../storage/keeping.ts";
import { type Person, person } from "../window/person.ts";
import { DocumentClient, socketTo } from "./document_client.ts";

const clientName = "tandem-page";

export interface Joined {
    client: DocumentClient;
    keeping: Keeping;
    self: Person;
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
    client.start();
    return { client, keeping, self };
}
