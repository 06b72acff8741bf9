// The page at /ui/: the list of documents, or one of them.
import { addressHere } from "./connection/address.ts";
import { showHome } from "./documents/home.ts";
import { byId } from "./window/elements.ts";
import { applyTheme } from "./window/theme.ts";
import { tr } from "./words/words.ts";

applyTheme();

async function begin(): Promise<void> {
    const root = byId("page");
    const address = addressHere();
    if (!address) {
        showHome(root);
        return;
    }
    const { DocumentWindow } = await import("./window/document_window.ts");
    await DocumentWindow.open(root, address);
}

begin().catch((error: unknown) => {
    console.error(error);
    const sentence = error instanceof Error ? error.message : String(error);
    byId("page").replaceChildren(tr("The page could not be started: %1", sentence));
});

addEventListener("hashchange", () => location.reload());
if (navigator.serviceWorker)
    navigator.serviceWorker.register("/ui/service_worker.js", { scope: "/ui/" }).catch(console.warn);
