// The bytes of changes, as FORMAT.md says. An id is {replica, counter}; the root is null.

const root = 0n;

class Writer {
  bytes = [];
  varint(value) {
    let rest = BigInt(value);
    for (; rest > 127n; rest >>= 7n) this.bytes.push(Number(rest & 127n) | 128);
    this.bytes.push(Number(rest));
  }
  head(kind, n) {
    this.bytes.push(kind | (Math.min(n - 1, 63) << 2));
    if (n > 63) this.varint(n - 64);
  }
  text(text) {
    this.bytes.push(...new TextEncoder().encode(text));
  }
}

class Reader {
  at = 0;
  constructor(bytes) {
    this.bytes = bytes;
  }
  get atEnd() {
    return this.at === this.bytes.length;
  }
  byte() {
    if (this.atEnd) throw new Error('the change ends too early');
    return this.bytes[this.at++];
  }
  varint() {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = this.byte();
      value |= BigInt(byte & 127) << shift;
      if (byte < 128) return value;
    }
  }
  number() {
    return Number(this.varint());
  }
  // n code points.
  text(n) {
    const begin = this.at;
    for (let i = 0; i < n; ++i) {
      const first = this.byte();
      this.at += first < 0x80 ? 0 : first < 0xe0 ? 1 : first < 0xf0 ? 2 : 3;
    }
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(this.bytes.subarray(begin, this.at));
  }
}

// Which replicas a change has named: its own is none of them.
class Named {
  replicas = [];
  constructor(self) {
    this.self = self;
  }
  write(out, id, current) {
    if (!id) return out.varint(root);
    if (id.replica === this.self) return out.varint(BigInt(current - id.counter) * 2n);
    const known = this.replicas.indexOf(id.replica) + 1;
    out.varint(known * 2 + 1);
    if (known === 0) {
      this.replicas.push(id.replica);
      out.varint(id.replica);
    }
    out.varint(id.counter);
  }
  read(input, current) {
    const reference = input.varint();
    if (reference === root) return null;
    if (reference % 2n === 0n) return { replica: this.self, counter: current - Number(reference / 2n) };
    const known = Number(reference >> 1n);
    if (known === 0) this.replicas.push(input.number());
    const replica = this.replicas[known === 0 ? this.replicas.length - 1 : known - 1];
    return { replica, counter: input.number() };
  }
}

// A change is {replica, counter, ops}; an op {parent, side, text} or {ranges: [{replica, counter, length}]}.
export function encodeChange({ replica, counter, ops }) {
  const out = new Writer();
  const named = new Named(replica);
  out.varint(0);
  out.varint(replica);
  out.varint(counter);
  let current = counter;
  for (const op of ops) {
    if (op.ranges) {
      const [first] = op.ranges;
      if (op.ranges.length === 1 && first.length <= 63) {
        out.head(3, first.length);
        named.write(out, first, current);
      } else {
        out.bytes.push(3 | (63 << 2));
        out.varint(op.ranges.length - 1);
        for (const range of op.ranges) {
          named.write(out, range, current);
          out.varint(range.length - 1);
        }
      }
      current += 1;
      continue;
    }
    const n = [...op.text].length;
    const { parent, side } = op;
    const goesOn = side === 'right' && parent && parent.replica === replica && parent.counter === current - 1;
    out.head(goesOn ? 0 : side === 'right' ? 1 : 2, n);
    if (!goesOn) named.write(out, parent, current);
    out.text(op.text);
    current += n;
  }
  return Uint8Array.from(out.bytes);
}

export function decodeChange(bytes) {
  const input = new Reader(bytes);
  if (input.byte() !== 0) throw new Error('not a change by itself');
  const change = { replica: input.number(), counter: input.number(), ops: [] };
  const named = new Named(change.replica);
  let current = change.counter;
  while (!input.atEnd) {
    const head = input.byte();
    const kind = head & 3;
    const small = head >> 2;
    if (kind === 3) {
      const ranges = [];
      const several = small === 63 ? input.number() + 1 : 1;
      for (let i = 0; i < several; ++i) {
        const first = named.read(input, current);
        ranges.push({ ...first, length: small === 63 ? input.number() + 1 : small + 1 });
      }
      change.ops.push({ ranges });
      current += 1;
      continue;
    }
    const n = small === 63 ? input.number() + 64 : small + 1;
    const parent = kind === 0 ? { replica: change.replica, counter: current - 1 } : named.read(input, current);
    change.ops.push({ parent, side: kind === 2 ? 'left' : 'right', text: input.text(n) });
    current += n;
  }
  return change;
}
