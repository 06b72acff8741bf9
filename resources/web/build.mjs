// Bundles the page: hashed names, everything also packed, and a list for Qt's resource compiler.
//   node build.mjs --modules node_modules --engine tandem.wasm --fonts folder --out folder
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { gzipSync } from "node:zlib";

const { values: options } = parseArgs({
    options: Object.fromEntries(["modules", "engine", "fonts", "out"].map((name) => [name, { type: "string" }])),
});
const modules = path.resolve(options.modules);
const out = path.resolve(options.out);
const here = path.dirname(fileURLToPath(import.meta.url));
const esbuild = createRequire(path.join(modules, "x.js"))("esbuild");

// CodeMirror would put its styles into the page as <style>, which the page's Content-Security-Policy forbids; style
// sheets of a script's making are allowed, and it knows them, though for shadow roots only.
const styleSheets = {
    name: "style-sheets",
    setup(build) {
        build.onLoad({ filter: /style-mod[/\\]src[/\\]style-mod\.js$/ }, ({ path: file }) => {
            const source = readFileSync(file, "utf8");
            const changed = source.replace("!root.head && root.adoptedStyleSheets", "root.adoptedStyleSheets");
            if (changed === source) throw new Error("style-mod has changed: look how it puts styles into a page");
            return { contents: changed };
        });
    },
};

// What the sources import as "given:…": files of other tools, and addresses of bundles that were made before.
const addresses = {};
const given = {
    name: "given",
    setup(build) {
        build.onResolve({ filter: /^given:engine$/ }, () => ({ path: path.resolve(options.engine) }));
        build.onResolve({ filter: /^given:fonts\// }, ({ path: name }) => ({
            path: path.join(path.resolve(options.fonts), name.slice("given:fonts/".length)),
        }));
        build.onResolve({ filter: /^given:(window|later)$/ }, ({ path: name }) => ({ path: name, namespace: "address" }));
        build.onLoad({ filter: /.*/, namespace: "address" }, ({ path: name }) => ({
            contents: `export default ${JSON.stringify(addresses[name.slice("given:".length)])}`,
        }));
    },
};

const common = {
    absWorkingDir: here,
    bundle: true,
    charset: "utf8",
    format: "esm",
    legalComments: "none",
    logLevel: "warning",
    minify: true,
    nodePaths: [modules],
    plugins: [styleSheets, given],
    target: ["chrome111", "firefox119", "safari16.4"],
};

// Bundles by themselves: what they share, which is little, is in each of them, for as a file of its own it would be
// another one to ask for. Only the editor's own parts are shared between what comes at once and what comes later.
async function bundle() {
    const later = (await bundleOf("source/window/later.ts")).metafile.outputs;
    addresses.later = address(entryOf(later, "source/window/later.ts"));
    const window = (await bundleOf("source/window/document_window.ts")).metafile.outputs;
    addresses.window = address(entryOf(window, "source/window/document_window.ts"));
    const page = (await bundleOf("source/main.ts", "style/page.css")).metafile.outputs;
    const admin = (await bundleOf("source/admin/admin.ts", "style/admin.css")).metafile.outputs;
    return { ...later, ...window, ...page, ...admin };
}

function bundleOf(...entryPoints) {
    return esbuild.build({
        ...common,
        entryPoints,
        entryNames: "[name]-[hash]",
        assetNames: "[name]-[hash]",
        chunkNames: "part-[hash]",
        outdir: path.join(out, "assets"),
        publicPath: "/ui/assets/",
        loader: { ".svg": "file", ".wasm": "file", ".woff2": "file" },
        splitting: true,
        metafile: true,
    });
}

function bundleServiceWorker(files) {
    const version = createHash("sha256").update(files.join()).digest("hex").slice(0, 16);
    return esbuild.build({
        ...common,
        entryPoints: ["source/service_worker.ts"],
        outfile: path.join(out, "service_worker.js"),
        define: { pageFiles: JSON.stringify(files), pageVersion: JSON.stringify(version) },
    });
}

function address(file) {
    return `/ui/${path.relative(out, path.resolve(here, file)).split(path.sep).join("/")}`;
}

function filled(page, values) {
    return readFileSync(path.join(here, "pages", page), "utf8").replace(/\{\{(\w+)\}\}\n?/g, (whole, name) => {
        if (values[name] === undefined) throw new Error(`${page} asks for ${name}`);
        return values[name] + (whole.endsWith("\n") ? "\n" : "");
    });
}

function entryOf(outputs, source) {
    return Object.keys(outputs).find((file) => outputs[file].entryPoint === source);
}

// The parts that an open document needs, so that the browser asks for them at once.
function documentParts(outputs) {
    const needed = new Set([entryOf(outputs, "source/window/document_window.ts")]);
    for (const file of needed)
        for (const { path: imported, kind } of outputs[file].imports)
            if (kind === "import-statement" && outputs[imported]) needed.add(imported);
    return [...needed];
}

function filesBelow(folder) {
    return readdirSync(folder, { recursive: true })
        .map((name) => path.join(folder, name))
        .filter((file) => statSync(file).isFile())
        .sort();
}

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
const outputs = await bundle();
const outputOf = (source, extension) =>
    address(
        Object.keys(outputs).find(
            (file) => file.endsWith(extension) && (outputs[file].entryPoint === source || Object.keys(outputs[file].inputs).some((input) => input.endsWith(source))),
        ),
    );
const icon = outputOf("tandem.svg", ".svg");
const engine = outputOf("tandem.wasm", ".wasm");
const preloads = documentParts(outputs)
    .map((file) => `<link rel="modulepreload" href="${address(file)}">`)
    .join("\n");
writeFileSync(
    path.join(out, "index.html"),
    filled("index.html", {
        icon,
        engine,
        preloads,
        style: outputOf("style/page.css", ".css"),
        script: outputOf("source/main.ts", ".js"),
    }),
);
writeFileSync(
    path.join(out, "admin.html"),
    filled("admin.html", {
        icon,
        style: outputOf("style/admin.css", ".css"),
        script: outputOf("source/admin/admin.ts", ".js"),
    }),
);
await bundleServiceWorker(filesBelow(path.join(out, "assets")).map(address));

for (const file of filesBelow(out)) {
    const packed = gzipSync(readFileSync(file), { level: 9 });
    if (packed.length < 0.9 * statSync(file).size) writeFileSync(`${file}.gz`, packed);
}
const entries = filesBelow(out).map((file) => {
    const name = path.relative(out, file).split(path.sep).join("/");
    return `<file alias="${name}">${name}</file>`;
});
writeFileSync(
    path.join(out, "page.qrc"),
    `<RCC><qresource prefix="/tandem/web">${entries.join("\n")}</qresource></RCC>\n`,
);
for (const file of filesBelow(out))
    if (/\.(js|css|wasm|html|woff2)$/.test(file)) {
        const packed = statSync(`${file}.gz`, { throwIfNoEntry: false })?.size;
        console.log(`${path.relative(out, file)} ${statSync(file).size}${packed ? `, packed ${packed}` : ""}`);
    }
