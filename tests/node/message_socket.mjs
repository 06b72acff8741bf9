// A WebSocket that speaks JSON: hands each message to `onMessage`, remembers how it ended.
import WebSocket from 'ws';

export class MessageSocket {
  closeCode = undefined;

  static open(url, subprotocols, onMessage) {
    return new Promise((resolve, reject) => {
      const socket = new MessageSocket(new WebSocket(url, subprotocols), onMessage);
      socket.raw.once('open', () => resolve(socket));
      socket.raw.once('error', reject);
    });
  }

  constructor(raw, onMessage) {
    this.raw = raw;
    this.ended = new Promise(resolve => raw.once('close', code => resolve((this.closeCode = code))));
    raw.on('message', (data, isBinary) => {
      if (isBinary) throw new Error('a binary frame came to a client that speaks JSON');
      onMessage(JSON.parse(data));
    });
  }

  send(message) {
    this.raw.send(JSON.stringify(message));
  }
  // As a broken line does.
  cut() {
    this.raw.terminate();
    return this.ended;
  }
}

export async function until(what, condition, timeoutMs = 30_000) {
  const end = Date.now() + timeoutMs;
  while (!condition()) {
    if (Date.now() > end) throw new Error('did not happen: ' + what);
    await new Promise(resolve => setTimeout(resolve, 5));
  }
}
