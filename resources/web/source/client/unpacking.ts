// Packed snapshots: the size of what comes out as a varint, then a zlib stream, which the browser itself unpacks.
import { ByteReader } from "../engine/bytes.ts";

export async function unpack(packed: Uint8Array): Promise<Uint8Array> {
    const reader = new ByteReader(packed);
    const size = reader.varint();
    const unpacking = new DecompressionStream("deflate");
    const writer = unpacking.writable.getWriter();
    const ignore = () => undefined; // what is damaged is told by the reading side as well
    writer.write(reader.rest() as BufferSource).catch(ignore);
    writer.close().catch(ignore);
    const bytes = new Uint8Array(size);
    let at = 0;
    const source = unpacking.readable.getReader();
    for (let part = await source.read(); !part.done; part = await source.read()) {
        if (part.value.length > size - at) throw new RangeError("more comes out than was said");
        bytes.set(part.value, at);
        at += part.value.length;
    }
    if (at !== size) throw new RangeError("less comes out than was said");
    return bytes;
}
