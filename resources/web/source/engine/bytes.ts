// Values as the module's shared/wasm/exchange.h writes and reads them: varints, and strings behind their length.

const decoder = new TextDecoder();
const encoder = new TextEncoder();
const units = new TextDecoder("utf-16le", { ignoreBOM: true });

export class ByteReader {
    private at = 0;

    constructor(private readonly bytes: Uint8Array) {}

    byte(): number {
        const value = this.bytes[this.at++];
        if (value === undefined) throw new RangeError("the bytes end too early");
        return value;
    }

    // Whole numbers up to 2^53 - 1.
    varint(): number {
        let value = 0;
        for (let factor = 1; ; factor *= 128) {
            const byte = this.byte();
            value += (byte & 127) * factor;
            if (byte < 128) return value;
        }
    }

    bytesBehindLength(): Uint8Array {
        const size = this.varint();
        this.at += size;
        return this.bytes.subarray(this.at - size, this.at);
    }

    string(): string {
        return decoder.decode(this.bytesBehindLength());
    }

    units(): string {
        return units.decode(this.bytesBehindLength());
    }

    rest(): Uint8Array {
        return this.bytes.subarray(this.at);
    }
}

export class ByteWriter {
    private readonly parts: Uint8Array[] = [];
    private size = 0;

    byte(value: number): this {
        return this.bytes(Uint8Array.of(value));
    }

    varint(value: number): this {
        const bytes: number[] = [];
        let left = value;
        for (; left >= 128; left = Math.floor(left / 128)) bytes.push((left % 128) | 128);
        bytes.push(left);
        return this.bytes(Uint8Array.from(bytes));
    }

    bytes(value: Uint8Array): this {
        this.parts.push(value);
        this.size += value.length;
        return this;
    }

    bytesBehindLength(value: Uint8Array): this {
        return this.varint(value.length).bytes(value);
    }

    string(value: string): this {
        return this.bytesBehindLength(encoder.encode(value));
    }

    take(): Uint8Array {
        const all = new Uint8Array(this.size);
        let at = 0;
        for (const part of this.parts) {
            all.set(part, at);
            at += part.length;
        }
        return all;
    }
}

export function unitsOf(text: string): Uint8Array {
    const all = new Uint16Array(text.length);
    for (let i = 0; i < text.length; ++i) all[i] = text.charCodeAt(i);
    return new Uint8Array(all.buffer);
}

export function textOf(bytes: Uint8Array): string {
    return units.decode(bytes);
}
