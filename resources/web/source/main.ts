// The page at /ui/: the list of documents, or one of them.
import windowFile from "given:window";
import { join } from "./client/joining.ts";
import { type DocumentAddress, addressHere } from "./connection/address.ts";
import { showHome } from "./documents/home.ts";
import { byId } from "./window/elements.ts";
import { whenIdle } from "./window/idle.ts";
import { applyTheme } from "./window/theme.ts";
import { tr } from "./words/words.ts";

// So long an empty editor waits for the text.
const patienceMs = 150;

async function openDocument(root: HTMLElement, address: DocumentAddress): Promise<void> {
    const joined = await join(address);
    const opening: Promise<typeof import("./window/document_window.ts")> = import(windowFile);
    const { DocumentWindow } = await opening; // its code runs while the server answers
    if (!joined.client.engine.status().epoch) await joined.client.settled(patienceMs);
    new DocumentWindow(root, address, joined);
}

async function begin(): Promise<void> {
    const root = byId("page");
    const address = addressHere();
    if (address) await openDocument(root, address);
    else showHome(root);
}

// Keeps the page's own files, for when the server is away.
function registerServiceWorker(): void {
    navigator.serviceWorker?.register("/ui/service_worker.js", { scope: "/ui/" }).catch(console.warn);
}

const begun = begin(); // first, since it asks for what takes time
applyTheme();
begun
    .catch((error: unknown) => {
        console.error(error);
        const sentence = error instanceof Error ? error.message : String(error);
        byId("page").replaceChildren(tr("The page could not be started: %1", sentence));
    })
    .finally(() => whenIdle(registerServiceWorker));
addEventListener("hashchange", () => location.reload());
