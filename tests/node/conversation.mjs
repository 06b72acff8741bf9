// A plain client and an operations client that speaks JSON write one document together, and every REST call is made, on
// the server whose address and admin's token are the arguments, where documents open with links. Ends with 0 when all is as it should be.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { until } from './message_socket.mjs';
import { OperationsClient } from './operations_client.mjs';
import { PlainClient } from './plain_client.mjs';
import { RestClient } from './rest_client.mjs';

const [server, admin] = process.argv.slice(2);
const rest = await RestClient.of(server);

// A chance that is the same each time.
let seed = 1;
const below = n => (seed = (seed * 48271) % 2147483647) % n;
const somePiece = () => ['a', 'bc', ' ', '\n', 'é', '😀', 'שלום', 'd'.repeat(100), '\u0000\r\u2028'][below(9)];

// --- a document and its links

const ownerSecret = randomBytes(16).toString('base64url');
const wanted = { title: 'Together', text: 'one two', owner_secret: ownerSecret, id: randomBytes(16).toString('base64url') };
const made = await rest.ask('createDocument', { body: wanted });
assert.equal(made.link.secret, ownerSecret);
assert.equal((await rest.call('createDocument', { body: wanted })).status, 200);
const path = { id: made.id };
const owner = { path, token: ownerSecret };
const link = role => rest.ask('createLink', { ...owner, body: { role, label: 'a ' + role } });
const [editor, viewer] = [await link('editor'), await link('viewer')];
assert.equal((await rest.call('showDocument', { path })).status, 401);
assert.equal((await rest.call('showDocument', { path, token: 'A'.repeat(22) })).status, 403);
assert.equal((await rest.ask('listLinks', owner)).links.length, 3);

// --- two write at once, one of them offline for a while

const socketUrl = server.replace('http', 'ws') + '/v1/ws/docs/' + made.id;
const { epoch } = await rest.ask('showDocument', owner);
const ana = new PlainClient(socketUrl, editor.secret, 'Ana');
const ben = new OperationsClient(socketUrl, editor.secret, 'Ben', epoch);
await Promise.all([ana.connect(), ben.connect()]);
await until('both are in', () => ana.isSettled && ben.isSettled && ben.text === 'one two');
assert.deepEqual([ana.role, ben.role], ['editor', 'editor']);

async function write(rounds) {
  for (let round = 0; round < rounds; ++round) {
    const length = [...ben.text].length;
    const index = below(length + 1);
    ben.edit(index, below(Math.min(3, length - index) + 1), somePiece());
    if (below(3) === 0 && ana.cells.length > 0) ana.erase(below(ana.cells.length), 1);
    else ana.insert(below(ana.cells.length + 1), somePiece());
    if (below(4) === 0) await until('a turn', () => ana.isSettled);
  }
}
async function agree(when) {
  await until('they agree ' + when, () => ana.isSettled && ben.isSettled && ana.version === ben.version);
  const { text, version } = await rest.ask('showDocument', owner);
  assert.equal(ana.text, text, when);
  assert.equal(ben.text, text, when);
  assert.equal(ben.version, version, when);
}

await write(150);
await agree('after writing at once');
await ben.cut();
await write(60);
await until('Ana is done', () => ana.isSettled);
await ben.connect();
await write(20);
await agree('after Ben was offline');
await ana.socket.cut();
await ana.connect();
await until('Ana is back', () => ana.isSettled);
await write(20);
await agree('after Ana came back');
assert.deepEqual([ana.nacks, ben.nacks], [[], []]);

// --- what a viewer does

const eve = new PlainClient(socketUrl, viewer.secret, 'Eve');
await eve.connect();
await until('Eve is in', () => eve.isSettled);
eve.insert(0, 'Eve');
await until('Eve is refused', () => eve.nacks.length === 1);
assert.equal(eve.nacks[0].code, 'not_allowed');
assert.equal((await rest.call('renameDocument', { path, token: viewer.secret, body: { title: 'Eve' } })).status, 403);

// --- every other call

const edits = [{ index: 0, insert: 'REST ' }];
const edited = await rest.ask('editText', { ...owner, body: { id: 'r1', edits, name: 'Script' } });
assert.deepEqual(await rest.ask('editText', { ...owner, body: { id: 'r1', edits, name: 'Script' } }), edited);
assert.equal((await rest.call('editText', { ...owner, body: { id: 'r2', edits: [{ index: 1e9, insert: 'x' }] } })).status, 400);
await agree('after an edit over REST');
assert.equal((await rest.call('replaceText', { ...owner, body: { text: 'new' } })).status, 428);
assert.equal((await rest.call('replaceText', { ...owner, headers: { 'If-Match': '"0.0"' }, body: { text: 'new' } })).status, 412);
await rest.ask('replaceText', { ...owner, headers: { 'If-Match': '*' }, body: { text: 'new text', name: 'Script' } });
await agree('after the text was replaced');
assert.equal(ben.text, 'new text');
const shown = await rest.call('showDocument', owner);
const unchanged = { ...owner, headers: { 'If-None-Match': shown.headers.get('ETag') } };
assert.equal((await rest.call('showDocument', unchanged)).status, 304);

const named = await rest.ask('nameVersion', { ...owner, body: { label: 'first', version: 1 } });
assert.equal((await rest.ask('showDocument', { ...owner, query: { version: named.version } })).text, 'one two');
assert.equal((await rest.call('showDocument', { ...owner, query: { version: 1e9 } })).status, 404);
assert.equal((await rest.ask('listNamedVersions', owner)).versions.length, 1);
assert.equal((await rest.call('removeVersionName', { ...owner, path: { ...path, version: 1 } })).status, 204);
const { sessions } = await rest.ask('listSessions', owner);
assert.deepEqual(new Set(sessions[0].authors.map(author => author.name)), new Set(['Ana', 'Ben', 'Script', undefined]));
const { authors } = await rest.ask('showAuthors', owner);
assert.equal(authors.reduce((sum, { length }) => sum + length, 0), 'new text'.length);
const { edits: changes } = await rest.ask('showChanges', { ...owner, query: { from: 1 } });
const then = [...'one two'];
for (const { index, delete: deleted, insert } of changes) then.splice(index, deleted, ...insert);
assert.equal(then.join(''), 'new text');
await rest.ask('revertDocument', { ...owner, body: { version: 1 } });
await agree('after going back');
assert.equal(ana.text, 'one two');

await rest.ask('renameDocument', { ...owner, body: { title: 'Renamed' } });
const key = { 'Idempotency-Key': randomBytes(16).toString('base64url') };
const imported = await fetch(server + '/v1/docs/import', { method: 'POST', headers: { ...key, 'Content-Type': 'text/markdown' }, body: '# Title\n' });
assert.equal(imported.status, 201);
assert.equal((await rest.call('listDocuments')).status, 401);
assert.equal((await rest.ask('health')).status, 'ok');
assert.equal((await rest.ask('healthToo')).status, 'ok');
assert.equal((await rest.ask('ready')).status, 'ready');
assert.match(await rest.ask('metrics'), /^tandem_open_documents 1$/m);
assert.match(await rest.ask('plainPage'), /<!doctype html>/i);
assert.match(await rest.ask('plainScript'), /WebSocket/);
for (const way of ['start', 'pageWithoutSlash'])
  assert.equal((await rest.call(way)).headers.get('Location'), '/ui/');
const [, file] = /\/ui\/assets\/(main-[^"]+)/.exec(await rest.ask('page'));
await rest.ask('pageFile', { path: { file } });
await rest.ask('pageWorker');
assert.match(await rest.ask('adminPage'), /<!doctype html>/i);
assert.match(await rest.ask('docsPage'), /<!doctype html>/i);
await rest.ask('docsScript');
await rest.ask('docsStyle');
await rest.ask('description');

// --- jobs

const token = admin;
const later = { run_at: '2099-01-01T00:00:00Z' };
assert.equal((await rest.call('listJobs')).status, 401);
assert.equal((await rest.call('createJob', { token, body: { type: 'no.such' } })).status, 400);
const about = { type: 'snapshot.create', payload: { doc_id: made.id }, idempotency_key: 'once' };
const job = await rest.ask('createJob', { token, body: about });
assert.equal((await rest.call('createJob', { token, body: about })).status, 200);
assert.equal((await rest.call('createJob', { token, body: { ...about, payload: { doc_id: 'another-document' } } })).status, 422);
const ofJob = { token, path: { job: job.id } };
let seen;
for (let i = 0; i < 100 && seen?.status !== 'completed'; ++i) {
  seen = await rest.ask('getJob', { ...ofJob, token: ownerSecret });
  await new Promise(done => setTimeout(done, 100));
}
assert.equal(seen.status, 'completed');
assert.deepEqual(await rest.ask('getJobResult', ofJob), seen.result);
for (const [call, body] of [['exportDocument', { format: 'html' }], ['digestDocument', { since: '2020-01-01T00:00:00Z' }]]) {
  const asked = await rest.ask(call, { token: ownerSecret, path: { id: made.id }, body });
  assert.equal(asked.payload.doc_id, made.id);
}
const waits = await rest.ask('createJob', { token, body: { type: 'backup.run', ...later } });
const ofWaiting = { token, path: { job: waits.id } };
assert.equal((await rest.call('getJobResult', ofWaiting)).status, 409);
assert.equal((await rest.ask('cancelJob', ofWaiting)).status, 'cancelled');
assert.equal((await rest.ask('retryJob', ofWaiting)).max_attempts, waits.max_attempts);
const doomed = await rest.ask('createJob', { token, body: { type: 'backup.run', ...later } });
assert.equal((await rest.ask('discardJob', { token, path: { job: doomed.id } })).status, 'discarded');
assert.equal((await rest.ask('listJobs', { token, query: { state: 'discarded' } })).jobs[0].id, doomed.id);
assert.equal((await rest.ask('countJobs', { token })).states.discarded, 1);

// --- links come to an end, and the document

const byNumber = ({ number }) => ({ ...owner, path: { ...path, number } });
await rest.ask('changeLink', { ...byNumber(editor), body: { role: 'viewer' } });
await until('both are viewers', () => ana.role === 'viewer' && ben.role === 'viewer');
assert.equal((await rest.call('revokeLink', byNumber(editor))).status, 204);
assert.deepEqual(await Promise.all([ana.socket.ended, ben.socket.ended]), [4403, 4403]);
assert.equal((await rest.call('deleteDocument', owner)).status, 204);
assert.equal(await eve.socket.ended, 4404);
await rest.ask('restoreDocument', owner);
assert.equal((await rest.call('deleteDocument', { ...owner, query: { purge: true } })).status, 204);
assert.equal((await rest.call('showDocument', owner)).status, 403);

const answeredWell = new Set([...rest.answered].filter(call => / (2\d\d|307)$/.test(call)).map(call => call.split(' ')[0]));
const left = [...rest.operations.keys()].filter(operation => !answeredWell.has(operation));
assert.deepEqual(left, ['listDocuments', 'importDocument'], 'calls that were not made with success');
console.log(`${answeredWell.size} calls, ${rest.answered.size} answers as described`);
