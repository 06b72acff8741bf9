// What the page asks for until one can write.
import http from "node:http";
import { expect, isSaved, open, test } from "./tandem.mjs";

// The bytes that go over the wire for a file of the page.
function packedSize(address) {
    return new Promise((resolve, reject) => {
        const request = http.get(address, { headers: { "Accept-Encoding": "gzip" } }, (response) => {
            let size = 0;
            response.on("data", (chunk) => (size += chunk.length));
            response.on("end", () => resolve(response.headers["content-encoding"] === "gzip" ? size : NaN));
        });
        request.on("error", reject);
    });
}

test("the module and what loads it are below 120 kB, packed", async ({ server }) => {
    const html = await (await fetch(`${server.url}/ui/`)).text();
    const [, script] = /src="(\/ui\/assets\/main-[^"]+\.js)"/.exec(html);
    const [, module] = /href="(\/ui\/assets\/tandem-[^"]+\.wasm)"/.exec(html);
    const size = (await packedSize(server.url + script)) + (await packedSize(server.url + module));
    expect(size).toBeGreaterThan(20_000);
    expect(size).toBeLessThan(120_000);
});

test("a document is joined by one connection and no other call, and what is not needed to write comes later", async ({
    server,
    openPage,
}) => {
    const document = await server.document("text");
    const page = await openPage();
    const asked = [];
    const sockets = [];
    page.on("request", (request) => asked.push(new URL(request.url()).pathname));
    page.on("websocket", (socket) => sockets.push(new URL(socket.url()).pathname));
    await open(page, document.url);
    await isSaved(page);
    expect(sockets).toEqual([`/v1/ws/docs/${document.id}`]);
    expect(asked.filter((path) => path.startsWith("/v1/"))).toEqual([]);
    const html = await (await fetch(`${server.url}/ui/`)).text();
    const parts = () => asked.filter((path) => path.endsWith(".js"));
    await expect.poll(() => parts().some((path) => !html.includes(path))).toBe(true);
    const firstLater = asked.findIndex((path) => path.endsWith(".js") && !html.includes(path));
    const last = Math.max(...parts().map((path, at) => (html.includes(path) ? at : 0)));
    expect(firstLater).toBeGreaterThan(last);
});
