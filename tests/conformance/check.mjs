// Plays the corpus in the browser's module: node check.mjs tandem.wasm corpus.txt
import { readFileSync } from "node:fs";

const [engineFile, corpusFile] = process.argv.slice(2);
const lent = Object.fromEntries(
    ["monotonicMs", "wallMs", "randomWord", "openConnection", "sendFrame", "closeConnection", "unpack", "news", "remoteEdits"].map(
        (name) => [name, () => 0],
    ),
);
const module = new WebAssembly.Module(readFileSync(engineFile));
function start() {
    const { exports } = new WebAssembly.Instance(module, {
        tandem: lent,
        env: { emscripten_notify_memory_growth: () => undefined },
        wasi_snapshot_preview1: { proc_exit: (code) => { throw new Error(`the module has ended with ${code}`); } },
    });
    exports._initialize();
    exports.replicaLoad(0);
    return exports;
}

const bytesOf = (hex) => (hex === "-" ? Buffer.alloc(0) : Buffer.from(hex, "hex"));
function give(engine, bytes) {
    new Uint8Array(engine.memory.buffer, engine.reserve(bytes.length), bytes.length).set(bytes);
    return bytes.length;
}
function output(engine) {
    const hex = Buffer.from(new Uint8Array(engine.memory.buffer, engine.outputAt(), engine.outputSize())).toString("hex");
    return hex || "-";
}

// False: something else has come of the step.
function play(engine, verb, values) {
    if (verb === "edit") {
        const [author, index, deleted, text, expected] = values;
        const failed = engine.replicaEdit(Number(author), Number(index), Number(deleted), give(engine, bytesOf(text)));
        return !failed && output(engine) === expected;
    }
    const [hex] = values;
    if (verb === "apply") return !engine.replicaApply(give(engine, bytesOf(hex)));
    if (verb === "text") {
        engine.replicaText();
        return output(engine) === hex;
    }
    engine.replicaEncode();
    if (output(engine) !== hex || engine.replicaLoad(give(engine, bytesOf(hex)))) return false;
    engine.replicaEncode();
    return output(engine) === hex;
}

let replicas = [];
let number = 0;
for (const line of readFileSync(corpusFile, "utf8").trimEnd().split("\n")) {
    ++number;
    const [verb, at, ...values] = line.split(" ");
    if (verb === "begin") replicas = [start(), start(), start()];
    else if (!play(replicas[Number(at)], verb, values)) {
        console.error(`${corpusFile}:${number}: something else comes of ${line.slice(0, 60)}`);
        process.exit(1);
    }
}
console.log(`${number} steps, all as before`);
