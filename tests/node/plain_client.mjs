// A plain client: index edits, and the text that the server tells. Edits that were not answered are sent again, as the
// author of before.
import { MessageSocket } from './message_socket.mjs';

export class PlainClient {
  cells = []; // code points
  version = -1;
  role = undefined;
  nacks = [];
  #author = undefined;
  #unanswered = new Map();
  #ids = 0;

  constructor(url, token, name) {
    Object.assign(this, { url, token, name });
  }

  async connect() {
    this.version = -1;
    this.socket = await MessageSocket.open(this.url, [], message => this.#receive(message));
    const hello = { type: 'hello', name: this.name, token: this.token };
    if (this.#author) hello.resume = this.#author;
    this.socket.send(hello);
  }

  get text() {
    return this.cells.join('');
  }
  get isSettled() {
    return this.version >= 0 && this.#unanswered.size === 0;
  }

  insert(index, text) {
    this.#submit({ type: 'edit.insert', index, text });
  }
  erase(index, length) {
    this.#submit({ type: 'edit.delete', index, length });
  }
  #submit(edit) {
    const whole = { ...edit, id: 'e' + ++this.#ids, version: this.version };
    this.#unanswered.set(whole.id, whole);
    this.socket.send(whole);
  }

  #receive(message) {
    switch (message.type) {
      case 'snapshot':
        if (this.#author && this.#author.replica !== message.replica) break; // ours has not been read yet
        this.#author = { replica: message.replica, key: message.key };
        ({ version: this.version, role: this.role } = message);
        this.cells = [...message.text];
        for (const edit of this.#unanswered.values()) this.socket.send(edit);
        break;
      case 'doc.update':
        if (message.from !== this.version) throw new Error(`an update from ${message.from} at ${this.version}`);
        for (const edit of message.edits) this.cells.splice(edit.index, edit.delete, ...edit.insert);
        this.version = message.version;
        break;
      case 'ack':
        this.#unanswered.delete(message.id);
        break;
      case 'nack':
        this.nacks.push(message);
        if (!message.retryable) this.#unanswered.delete(message.for);
        break;
      case 'access.changed':
        this.role = message.role;
        break;
    }
  }
}
