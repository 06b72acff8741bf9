// An operations client that speaks JSON: a replica of its own, edits offline, sends its changes until they are acked.
import { randomBytes, randomInt } from 'node:crypto';
import { decodeChange, encodeChange } from './change_format.mjs';
import { MessageSocket } from './message_socket.mjs';
import { NaiveDocument } from './naive_document.mjs';

export class OperationsClient {
  document = new NaiveDocument();
  version = 0;
  role = undefined;
  nacks = [];
  outbox = []; // {last, bytes}: not acked yet
  isLive = false;
  #replica = randomInt(1, 2 ** 47);
  #key = randomBytes(16).toString('base64url');
  #counter = 1;

  // `epoch` is the document's, from REST: with it the whole log comes as changes.
  constructor(url, token, name, epoch) {
    Object.assign(this, { url, token, name, epoch });
  }

  async connect() {
    this.socket = await MessageSocket.open(this.url, ['tandem.v1'], message => this.#receive(message));
    this.socket.send({
      type: 'hello',
      name: this.name,
      color: 5,
      replicas: [{ id: this.#replica, key: this.#key }],
      epoch: this.epoch,
      after: this.version,
      client: 'node/1',
      token: this.token,
    });
    this.#sendFrom(0); // needs no answer first
  }
  async cut() {
    this.isLive = false;
    const { socket } = this;
    this.socket = undefined;
    await socket.cut();
  }

  get text() {
    return this.document.text;
  }
  get isSettled() {
    return this.isLive && this.outbox.length === 0;
  }

  edit(index, deleted, text) {
    const ops = this.document.edit(index, deleted, text);
    if (ops.length === 0) return;
    const change = { replica: this.#replica, counter: this.#counter, ops };
    this.#counter = this.document.apply(change);
    const entry = {
      last: this.#counter - 1,
      bytes: Buffer.from(encodeChange(change)).toString('base64url'),
    };
    this.outbox.push(entry);
    this.#sendFrom(this.outbox.length - 1);
  }
  #sendFrom(first) {
    const changes = this.outbox.slice(first).map(({ bytes }) => bytes);
    if (this.socket && changes.length > 0)
      this.socket.send({ type: 'op.submit', replica: this.#replica, changes });
  }
  #acked(replica, through, version) {
    if (replica !== this.#replica) throw new Error('an ack for another replica');
    this.outbox = this.outbox.filter(({ last }) => last > through);
    this.version = Math.max(this.version, version);
  }

  #receive(message) {
    switch (message.type) {
      case 'welcome':
        if (message.epoch !== this.epoch) throw new Error('another epoch');
        this.role = message.role;
        this.isLive = true;
        break;
      case 'snapshot':
        throw new Error('a snapshot came in place of the changes');
      case 'doc.update':
        this.#update(message);
        break;
      case 'ack':
        this.#acked(message.replica, message.through, message.version);
        break;
      case 'nack':
        if (message.retryable) setTimeout(() => this.#sendFrom(0), 500);
        else this.nacks.push(message);
        break;
      case 'access.changed':
        this.role = message.role;
        break;
    }
  }
  #update({ first, changes }) {
    if (first > this.version + 1) throw new Error(`version ${first} comes after ${this.version}`);
    let version = first;
    for (const group of changes) {
      for (const text of group.bytes) {
        const change = decodeChange(Buffer.from(text, 'base64url'));
        if (change.replica !== group.replica) throw new Error('a change of another replica');
        // An own one that comes back is an ack.
        if (change.replica === this.#replica) this.#acked(change.replica, lastOf(change), version);
        else this.document.apply(change);
        this.version = version++;
      }
    }
  }
}

function lastOf({ counter, ops }) {
  return ops.reduce((next, op) => next + (op.ranges ? 1 : [...op.text].length), counter) - 1;
}
