// Drives the engine for one document: a WebSocket, a timer, and those who want to know. What is edited in one turn
// of the event loop is sent together.
import { Engine, type Host, type News, type TextEdit } from "../engine/engine.ts";
import { unpack } from "./unpacking.ts";

export interface DocumentListener {
    onRemoteEdits?(edits: TextEdit[]): void;
    onNews?(news: News): void;
    // After anything that may have changed the outbox.
    onTurn?(): void;
}

const longestSleepMs = 30_000;

export function socketTo(address: string): WebSocket {
    const socket = new WebSocket(address, "tandem.v1");
    socket.binaryType = "arraybuffer";
    return socket;
}

export class DocumentClient implements Host {
    engine!: Engine;
    private socket: WebSocket | null = null;
    private timer = 0;
    private readonly listeners: DocumentListener[] = [];

    private constructor(
        private readonly address: string,
        private early: WebSocket | null,
    ) {}

    // `early` was opened while the module was on its way: the first connection, if it still stands.
    static async open(module: WebAssembly.Module, address: string, early: WebSocket): Promise<DocumentClient> {
        const client = new DocumentClient(address, early);
        client.engine = await Engine.start(module, client);
        return client;
    }

    listen(listener: DocumentListener): void {
        this.listeners.push(listener);
    }

    // The server has given the document or refused it, or is slow or away.
    settled(patienceMs: number): Promise<void> {
        return new Promise((resolve) => {
            let waits = true;
            const end = () => {
                waits = false;
                resolve();
            };
            const look = () => {
                if (waits && !["connecting", "joining"].includes(this.engine.status().state)) end();
            };
            this.listen({ onNews: look });
            setTimeout(end, patienceMs);
            look();
        });
    }

    start(): void {
        this.engine.start();
        window.addEventListener("online", () => this.retryNow());
        window.addEventListener("offline", () => this.cut());
        this.turn();
    }

    retryNow(): void {
        if (this.engine.status().state === "stopped") this.engine.start();
        else this.engine.retryNow();
        this.turn();
    }

    // Something was asked of the engine that may have left it with something to do.
    turn(): void {
        clearTimeout(this.timer);
        const wakeInMs = this.engine.wakeInMs();
        if (wakeInMs !== null)
            this.timer = window.setTimeout(() => this.tick(), Math.min(longestSleepMs, Math.ceil(wakeInMs)));
        for (const listener of this.listeners) listener.onTurn?.();
    }

    private tick(): void {
        this.engine.tick();
        this.turn();
    }

    private cut(): void {
        const socket = this.socket;
        if (!socket) return;
        this.drop();
        socket.close();
        this.engine.connectionClosed(1006, "");
        this.turn();
    }

    private drop(): void {
        this.socket = null; // what it still has to say is not heard
    }

    // --- for the engine

    openConnection(): void {
        const { early } = this;
        this.early = null;
        const socket = early && early.readyState <= WebSocket.OPEN ? early : socketTo(this.address);
        this.socket = socket;
        const heard = (event: () => void) => () => {
            if (this.socket !== socket) return;
            event();
            this.turn();
        };
        const opened = heard(() => this.engine.connectionOpened());
        if (socket.readyState === WebSocket.OPEN) queueMicrotask(opened);
        else socket.onopen = opened;
        socket.onmessage = (message) =>
            heard(() => {
                if (message.data instanceof ArrayBuffer) this.engine.received(new Uint8Array(message.data));
            })();
        socket.onclose = (close) =>
            heard(() => {
                this.drop();
                this.engine.connectionClosed(close.code, close.reason);
            })();
    }

    sendFrame(frame: Uint8Array): void {
        if (this.socket?.readyState === WebSocket.OPEN) this.socket.send(frame as BufferSource);
    }

    closeConnection(): void {
        const socket = this.socket;
        if (!socket) return;
        this.drop();
        socket.close();
        // As with a connection that the other side ends: told later, not from within the call.
        setTimeout(() => {
            if (this.socket) return;
            this.engine.connectionClosed(1000, "");
            this.turn();
        });
    }

    unpack(ticket: number, packed: Uint8Array): void {
        const answer = (bytes: Uint8Array | null) => {
            this.engine.unpacked(ticket, bytes);
            this.turn();
        };
        unpack(packed).then(answer, () => answer(null));
    }

    news(news: News): void {
        for (const listener of this.listeners) listener.onNews?.(news);
    }

    remoteEdits(edits: TextEdit[]): void {
        for (const listener of this.listeners) listener.onRemoteEdits?.(edits);
    }
}
