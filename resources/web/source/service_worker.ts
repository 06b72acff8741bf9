// Keeps the page's own files in the browser, so that a document opens while the server is away. Nothing else: no
// answer of the server, and no page but /ui/.
declare const pageFiles: string[]; // given by build.mjs
declare const pageVersion: string;

const worker = self as unknown as ServiceWorkerGlobalScope;
const page = "/ui/";
const cacheName = `tandem page ${pageVersion}`;
const patienceMs = 3_000;

async function install(): Promise<void> {
    const cache = await caches.open(cacheName);
    await cache.addAll([page, ...pageFiles]);
    await worker.skipWaiting();
}

async function activate(): Promise<void> {
    for (const name of await caches.keys())
        if (name.startsWith("tandem page ") && name !== cacheName) await caches.delete(name);
    await worker.clients.claim();
}

async function keptPage(): Promise<Response> {
    return (await caches.match(page)) ?? Response.error();
}

// The server's page, unless it does not come.
async function pageOf(request: Request): Promise<Response> {
    const patience = new AbortController();
    const timer = setTimeout(() => patience.abort(), patienceMs);
    try {
        const response = await fetch(request.url, { signal: patience.signal, cache: "no-cache" });
        return response.ok ? response : await keptPage();
    } catch {
        return keptPage();
    } finally {
        clearTimeout(timer);
    }
}

worker.addEventListener("install", (event) => event.waitUntil(install()));
worker.addEventListener("activate", (event) => event.waitUntil(activate()));
worker.addEventListener("fetch", (event) => {
    const { origin, pathname } = new URL(event.request.url);
    if (event.request.method !== "GET" || origin !== worker.location.origin) return;
    if (pathname === page) event.respondWith(pageOf(event.request));
    else if (pageFiles.includes(pathname))
        event.respondWith(caches.match(pathname).then((kept) => kept ?? fetch(event.request)));
});

export {};
