// How long an edit takes until it is acked, in milliseconds: alone, and while another process floods the server with
// messages, frames as large as they may be, costly calls and garbage. Prints JSON; measures, and judges nothing.
//   node latency.mjs SERVER [SECONDS]
import { fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { connect } from 'node:net';
import { fileURLToPath } from 'node:url';
import WebSocket from 'ws';

const [server, seconds = '5', misbehavingIn] = process.argv.slice(2);
const socketUrl = document => server.replace('http', 'ws') + '/v1/ws/docs/' + document;

// --- the one who misbehaves, in a process of its own

function floodSocket(document, frame) {
  const socket = new WebSocket(socketUrl(document));
  socket.on('error', () => {});
  socket.on('open', () => {
    const timer = setInterval(() => socket.bufferedAmount < 4e6 && frame.repeat(socket), 5);
    socket.on('close', () => clearInterval(timer));
  });
  socket.on('close', () => setTimeout(floodSocket, 50, document, frame)); // a stubborn one
}
function floodTcp(bytes) {
  const { hostname, port } = new URL(server);
  const socket = connect(Number(port), hostname);
  socket.on('error', () => {});
  const timer = setInterval(() => socket.writableLength < 4e6 && socket.write(bytes), 5);
  socket.on('close', () => (clearInterval(timer), setTimeout(floodTcp, 50, bytes)));
  socket.resume();
}
function misbehave(document) {
  const ping = JSON.stringify({ type: 'ping' });
  const large = ping + ' '.repeat(1024 * 1024 - ping.length);
  floodSocket(document, { repeat: socket => { for (let i = 0; i < 300; ++i) socket.send(ping); } });
  floodSocket(document, { repeat: socket => socket.send(large) });
  floodTcp(`GET /v1/docs/${document}/authors HTTP/1.1\r\nHost: localhost\r\n\r\n`.repeat(20));
  floodTcp(randomBytes(10_000));
}

// --- the one who types

function open(document) {
  return new Promise(resolve => {
    const socket = new WebSocket(socketUrl(document));
    socket.on('message', data => JSON.parse(data).type === 'snapshot' && resolve(socket));
  });
}
async function latencies(socket, begin) {
  const sent = new Map();
  const took = [];
  const listen = data => {
    const { type, id } = JSON.parse(data);
    if (type === 'ack') took.push(performance.now() - sent.get(id));
  };
  socket.on('message', listen);
  const count = Number(seconds) * 50;
  for (let i = 0; i < count; ++i) {
    const id = `${begin}-${i}`;
    sent.set(id, performance.now());
    socket.send(JSON.stringify({ type: 'edit.insert', id, index: 0, text: 'x' }));
    await new Promise(resolve => setTimeout(resolve, 20));
  }
  while (took.length < count) await new Promise(resolve => setTimeout(resolve, 20));
  socket.off('message', listen);
  took.sort((a, b) => a - b);
  const at = share => Number(took[Math.min(count - 1, Math.floor(share * count))].toFixed(2));
  return { p50_ms: at(0.5), p99_ms: at(0.99), max_ms: at(1) };
}

if (misbehavingIn) {
  misbehave(misbehavingIn);
} else {
  const make = async title => {
    const body = JSON.stringify({ title });
    const headers = { 'Content-Type': 'application/json' };
    return (await (await fetch(server + '/v1/docs', { method: 'POST', headers, body })).json()).id;
  };
  const socket = await open(await make('Typed'));
  const alone = await latencies(socket, 'alone');
  const other = fork(fileURLToPath(import.meta.url), [server, seconds, await make('Flooded')]);
  await new Promise(resolve => setTimeout(resolve, 500));
  const beside = await latencies(socket, 'beside');
  other.kill();
  socket.close();
  console.log(JSON.stringify({ alone, beside_a_flood: beside }));
}
