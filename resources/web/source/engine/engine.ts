// The module tandem.wasm: one document, its replica and its session. The other side of shared/wasm/exports.cpp.
// What the module tells while it is called is passed on when the call has returned, so that nobody calls it from
// within a call.
import { ByteReader, ByteWriter, textOf, unitsOf } from "./bytes.ts";

// In UTF-16 units; in a list each counts in the text after the one before.
export interface TextEdit {
    offset: number;
    deleted: number;
    inserted: string;
}

export interface Undone {
    edits: TextEdit[];
    selection: { tail: number; head: number } | null;
}

export interface Peer {
    session: string;
    name: string;
    color: number;
    idle: boolean;
    selection: { tail: number; head: number } | null;
}

export type State = "offline" | "connecting" | "joining" | "live" | "stopped";
const states: State[] = ["offline", "connecting", "joining", "live", "stopped"];

export interface Status {
    state: State;
    mayEdit: boolean;
    unsaved: number;
    retryInMs: number | null;
    problem: string;
    title: string;
    version: number;
    epoch: string;
    canUndo: boolean;
    canRedo: boolean;
}

export interface JournalChanges {
    entryCount: number;
    head: Uint8Array;
    came: { number: number; bytes: Uint8Array }[];
    went: number[];
}

export interface Author {
    replica: number;
    length: number; // UTF-16 units
}

export type News = "state" | "peers" | "title" | "edited";
const newsNames: (News | undefined)[] = [undefined, "state", "peers", "title", "edited"];

export interface Host {
    openConnection(): void;
    sendFrame(frame: Uint8Array): void;
    closeConnection(): void;
    unpack(ticket: number, packed: Uint8Array): void;
    news(news: News): void;
    remoteEdits(edits: TextEdit[]): void;
}

type Exports = Record<string, (...values: number[]) => number> & { memory: WebAssembly.Memory };

export class EngineError extends Error {}

function readEdits(reader: ByteReader): TextEdit[] {
    const edits: TextEdit[] = [];
    for (let left = reader.varint(); left > 0; --left)
        edits.push({ offset: reader.varint(), deleted: reader.varint(), inserted: reader.units() });
    return edits;
}

function readSelection(reader: ByteReader): { tail: number; head: number } | null {
    const tail = reader.varint();
    const head = reader.varint();
    return tail > 0 && head > 0 ? { tail: tail - 1, head: head - 1 } : null;
}

export class Engine {
    private exports!: Exports;
    private settling = false;
    private readonly told: (() => void)[] = [];

    private constructor(private readonly host: Host) {}

    static async start(module: WebAssembly.Module, host: Host): Promise<Engine> {
        const engine = new Engine(host);
        const instance = await WebAssembly.instantiate(module, {
            tandem: engine.lent(),
            env: { emscripten_notify_memory_growth: () => undefined },
            wasi_snapshot_preview1: {
                proc_exit: () => {
                    throw new EngineError("the module has ended");
                },
            },
        });
        engine.exports = instance.exports as unknown as Exports;
        engine.call("_initialize");
        return engine;
    }

    private lent(): Record<string, (...values: number[]) => number | void> {
        const word = new Uint32Array(1);
        return {
            monotonicMs: () => performance.now(),
            wallMs: () => Date.now(),
            randomWord: () => crypto.getRandomValues(word)[0]!,
            openConnection: () => this.host.openConnection(),
            closeConnection: () => this.host.closeConnection(),
            sendFrame: (at, size) => this.host.sendFrame(this.copied(at!, size!)),
            unpack: (ticket, at, size) => {
                const packed = this.copied(at!, size!);
                this.told.push(() => this.host.unpack(ticket!, packed));
            },
            news: (number) => {
                const news = newsNames[number!];
                if (news) this.told.push(() => this.host.news(news));
            },
            remoteEdits: (at, size) => {
                const edits = readEdits(new ByteReader(this.copied(at!, size!)));
                this.told.push(() => this.host.remoteEdits(edits));
            },
        };
    }

    private copied(at: number, size: number): Uint8Array {
        return new Uint8Array(this.exports.memory.buffer, at, size).slice();
    }

    // What is told meanwhile waits until settle().
    private call(name: string, ...values: number[]): number {
        const called = this.exports[name];
        if (!called) throw new EngineError(`the module has no ${name}`);
        return called(...values);
    }

    // Passes on what was told, in order. Those who hear it may call again, which only adds to it.
    private settle(): void {
        if (this.settling) return;
        this.settling = true;
        try {
            for (let told = this.told.shift(); told; told = this.told.shift()) told();
        } finally {
            this.settling = false;
        }
    }

    private give(bytes: Uint8Array): number {
        const at = this.call("reserve", bytes.length);
        new Uint8Array(this.exports.memory.buffer, at, bytes.length).set(bytes);
        return bytes.length;
    }

    private output(): Uint8Array {
        return this.copied(this.call("outputAt"), this.call("outputSize"));
    }

    private act(name: string, ...values: number[]): number {
        const result = this.call(name, ...values);
        this.settle();
        return result;
    }

    // For calls that have an output.
    private outputOf(name: string, ...values: number[]): Uint8Array {
        this.call(name, ...values);
        const output = this.output();
        this.settle();
        return output;
    }

    private ask(name: string): ByteReader {
        return new ByteReader(this.outputOf(name));
    }

    // For calls that give 0, or an error with a sentence.
    private attempt(name: string, ...values: number[]): Uint8Array {
        const result = this.call(name, ...values);
        const output = this.output();
        this.settle();
        if (result !== 0) throw new EngineError(new TextDecoder().decode(output));
        return output;
    }

    // --- begin

    create(person: { name: string; color: number }, token: string, client: string): void {
        const writer = new ByteWriter().string(person.name).byte(person.color).string(token).string(client);
        this.act("create", this.give(writer.take()));
    }

    // False: it was made for another log than what was given before, and has to wait.
    addLeftover(head: Uint8Array, entries: Uint8Array[]): boolean {
        const writer = new ByteWriter().bytesBehindLength(head).varint(entries.length);
        for (const entry of entries) writer.bytesBehindLength(entry);
        return this.attempt("addLeftover", this.give(writer.take()))[0] === 1;
    }

    begin(copy: Uint8Array | null): void {
        this.attempt("begin", copy ? this.give(copy) : 0);
    }

    // --- connection and time

    start(): void {
        this.act("start");
    }
    stop(): void {
        this.act("stop");
    }
    retryNow(): void {
        this.act("retryNow");
    }
    hold(): void {
        this.act("hold");
    }
    goOn(): void {
        this.act("goOn");
    }
    connectionOpened(): void {
        this.act("connectionOpened");
    }
    received(frame: Uint8Array): void {
        this.act("received", this.give(frame));
    }
    connectionClosed(code: number, reason: string): void {
        this.act("connectionClosed", code, this.give(new TextEncoder().encode(reason)));
    }
    unpacked(ticket: number, bytes: Uint8Array | null): void {
        if (bytes) this.act("unpacked", ticket, this.give(bytes));
        else this.act("notUnpacked", ticket);
    }
    tick(): void {
        this.act("tick");
    }
    // Nothing when it need not be woken.
    wakeInMs(): number | null {
        const ms = this.act("wakeInMs");
        return ms < 0 ? null : ms;
    }

    // --- editing, by UTF-16 offsets

    edit(offset: number, deleted: number, inserted: string, kind: "typing" | "whole"): void {
        const size = this.give(unitsOf(inserted));
        this.attempt("edit", offset, deleted, size, kind === "typing" ? 1 : 0);
    }
    beginUndoGroup(): void {
        this.act("beginUndoGroup");
    }
    endUndoGroup(): void {
        this.act("endUndoGroup");
    }
    undo(): Undone {
        const reader = this.ask("undo");
        return { edits: readEdits(reader), selection: readSelection(reader) };
    }
    redo(): Undone {
        const reader = this.ask("redo");
        return { edits: readEdits(reader), selection: readSelection(reader) };
    }
    select(tail: number, head: number): void {
        this.act("select", tail, head);
    }
    selectNothing(): void {
        this.act("selectNothing");
    }
    anchorAt(offset: number, side: "left" | "right"): Uint8Array {
        return this.outputOf("anchorAt", offset, side === "right" ? 1 : 0);
    }
    offsetOf(anchor: Uint8Array): number | null {
        const offset = this.act("offsetOf", this.give(anchor));
        return offset < 0 ? null : offset;
    }

    // --- what there is

    text(): string {
        return textOf(this.outputOf("text"));
    }

    status(): Status {
        const reader = this.ask("status");
        const state = states[reader.byte()]!;
        const mayEdit = reader.byte() === 1;
        const unsaved = reader.varint();
        const retry = reader.varint();
        return {
            state,
            mayEdit,
            unsaved,
            retryInMs: retry > 0 ? retry - 1 : null,
            problem: reader.string(),
            title: reader.string(),
            version: reader.varint(),
            epoch: reader.string(),
            canUndo: reader.byte() === 1,
            canRedo: reader.byte() === 1,
        };
    }

    peers(): Peer[] {
        const reader = this.ask("peers");
        const peers: Peer[] = [];
        for (let left = reader.varint(); left > 0; --left)
            peers.push({
                session: reader.string(),
                name: reader.string(),
                color: reader.byte(),
                idle: reader.byte() === 1,
                selection: readSelection(reader),
            });
        return peers;
    }

    authors(): Author[] {
        const reader = this.ask("authors");
        const authors: Author[] = [];
        for (let left = reader.varint(); left > 0; --left)
            authors.push({ replica: reader.varint(), length: reader.varint() });
        return authors;
    }

    // The document as the server has it; nothing while something is not saved.
    copy(): Uint8Array | null {
        const bytes = this.outputOf("copy");
        return bytes.length > 0 ? bytes : null;
    }

    journal(): JournalChanges {
        const reader = this.ask("journal");
        const entryCount = reader.varint();
        const head = reader.bytesBehindLength();
        const came: JournalChanges["came"] = [];
        for (let left = reader.varint(); left > 0; --left)
            came.push({ number: reader.varint(), bytes: reader.bytesBehindLength() });
        const went: number[] = [];
        for (let left = reader.varint(); left > 0; --left) went.push(reader.varint());
        return { entryCount, head, came, went };
    }
    beginJournalAnew(): void {
        this.act("beginJournalAnew");
    }
}
