// A whole plain client: a WebSocket, JSON and a textarea; shared/protocol/PROTOCOL.md says what the messages mean.
// The text is a list of cells, one a code point: all but those that are `mine`, which the server does not have yet, are its text
// at `version`; all but those that are `gone`, deleted here, are what the textarea shows.
const $ = id => document.getElementById(id), box = $('box'), query = new URLSearchParams(location.search), doc = query.get('doc'), token = new URLSearchParams(location.hash.slice(1)).get('token') ?? undefined;
let cells = [], shown = [], version = -1, epoch, me, flying = [], ids = 0; // flying: edits sent and not answered
let socket, heard, failures = 0, trouble = '', held, members = new Map(); // held: what waits while an input method composes
const show = cell => cell.c === '\r' ? '\u240d' : cell.c; // a textarea would swallow it
const points = text => Array.from(text, c => /^[\ud800-\udfff]$/.test(c) ? '\ufffd' : c); // half a pair is no character
function diff(was, now, tail = Infinity) { // how much is the same at the end, at most `tail`, and then at the beginning
  let end = 0, begin = 0, most = Math.min(was.length, now.length);
  while (end < Math.min(most, tail) && was.at(-1 - end) === now.at(-1 - end)) end++;
  while (begin < most - end && was[begin] === now[begin]) begin++;
  return {begin, deleted: was.length - begin - end, inserted: now.slice(begin, now.length - end)};
}
function apply(edit) { // changes the server's text. An insertion of our own makes cells that were mine the server's
  const own = edit.insert && edit.author && edit.author === me.replica && flying.find(op => op.text && !op.seen);
  const added = own ? cells.filter(cell => cell.mine === own) : points(edit.insert).map(c => ({c}));
  if (own) { own.seen = true; cells = cells.filter(cell => cell.mine !== own); }
  let i = 0;
  for (let k = edit.index; k > 0; i++) if (!cells[i].mine) k--;
  let n = edit.delete; // what others inserted comes before what is mine at the same place
  const rest = cells.splice(i).filter(cell => cell.mine || n-- <= 0);
  cells = cells.concat(added.map(cell => Object.assign(cell, {mine: null})), rest);
}
function paint() { // shows the cells; the ends of the selection stay behind the cells they were behind
  const next = cells.filter(cell => !cell.gone), places = new Map(next.map((cell, i) => [cell, i + 1])), top = box.scrollTop;
  const moved = offset => {
    const behind = shown.slice(0, points(box.value.slice(0, offset)).length).reverse().find(cell => places.has(cell));
    return next.slice(0, behind ? places.get(behind) : 0).map(show).join('').length;
  };
  const value = next.map(show).join(''), start = moved(box.selectionStart), end = moved(box.selectionEnd);
  if (box.value !== value) { box.value = value; box.setSelectionRange(start, end); box.scrollTop = top; } shown = next;
  const waits = cells.some(cell => cell.mine || cell.gone) || flying.length;
  $('state').textContent = trouble || (version < 0 ? 'Offline, kept here' : waits ? 'Saving' : 'Saved');
  $('members').textContent = [...members.values()].join(', ');
}
box.oninput = () => { // what the person did, as one replacement in what was shown
  const {begin, deleted, inserted} = diff(shown.map(show), points(box.value), points(box.value.slice(box.selectionEnd)).length);
  for (const cell of shown.slice(begin, begin + deleted)) cell.gone = 'new';
  const i = begin && cells.indexOf(shown[begin - 1]) + 1, typed = inserted.map(c => ({c, mine: 'new'}));
  cells = cells.slice(0, i).concat(typed, cells.slice(i)).filter(cell => cell.mine !== 'new' || !cell.gone);
  send(); paint();
};
function send() { // one group of edits at a time; all their places count in the text at `version`
  if (flying.length || version < 0) return;
  let index = 0, op = {};
  const begin = (type, text) => flying.push(op = {type, id: 'e' + ++ids, version, index, length: 0, text});
  for (const cell of cells) {
    if (cell.mine === 'new' && (op.text === undefined || op.index !== index || op.length > 16000)) begin('edit.insert', '');
    if (cell.mine === 'new') { cell.mine = op; op.text += cell.c; op.length++; }
    if (cell.mine) continue;
    if (cell.gone === 'new' && (op.text !== undefined || op.index + op.length !== index)) begin('edit.delete');
    if (cell.gone === 'new') { cell.gone = op; op.length++; }
    index++;
  }
  resend();
}
const resend = () => flying.forEach(({seen, ...op}) => version >= 0 && socket.send(JSON.stringify(op)));
function settle(op, state) { // acked (no state): what still stands for it is in the server's text. Else its cells are kept
  flying = flying.filter(other => other !== op); if (!state) cells = cells.filter(cell => cell.mine !== op);
  for (const cell of cells) for (const side of ['mine', 'gone']) if (cell[side] === op) cell[side] = state;
}
function receive(m) {
  if (m.role) box.readOnly = m.role === 'viewer'; // in `snapshot` and `access.changed`
  const op = flying.find(other => other.id === (m.type === 'ack' ? m.id : m.for));
  if (m.type === 'snapshot' && (!me || me.replica === m.replica)) { // else our hello was not read yet
    if (epoch !== m.epoch) for (const old of flying) settle(old, 'new');
    const {begin, deleted, inserted} = diff(cells.filter(cell => !cell.mine).map(cell => cell.c), points(m.text));
    apply({index: begin, delete: deleted, insert: inserted.join('')});
    ({version, epoch} = m); me = {replica: m.replica, key: m.key}; failures = 0; $('title').textContent = m.title;
    members = new Map(m.members.map(member => [member.session, member.name]));
    resend(); // what was applied before is known by its id
  } else if (m.type === 'doc.update' && m.from === version) { m.edits.forEach(apply); version = m.version; }
  else if (m.type === 'doc.update' && version >= 0) socket.close(); // a hole: come back for a snapshot
  else if (m.type === 'nack' && op && m.retryable) setTimeout(resend, 2000);
  else if (m.type === 'nack' && op) settle(op, m.code === 'version_too_old' ? 'new' : (trouble = 'Not saved: ' + m.detail));
  else if (m.type === 'ack' && op) settle(op);
  else if (m.type.startsWith('presence')) m.type.endsWith('leave') ? members.delete(m.session) : members.set(m.session, m.name);
  send(); paint();
}
function connect() {
  const here = socket = new WebSocket(location.origin.replace('http', 'ws') + '/v1/ws/docs/' + doc); heard = Date.now();
  here.onopen = () => here.send(JSON.stringify({type: 'hello', name: query.get('name') || 'Guest', resume: me, token}));
  here.onmessage = ({data}) => { heard = Date.now(); held ? held.push(JSON.parse(data)) : receive(JSON.parse(data)); };
  here.onclose = ({code, reason}) => {
    if ([4401, 4403, 4404].includes(code)) trouble = 'Closed: ' + reason;
    else setTimeout(connect, 500 + Math.random() * Math.min(29500, 1000 * 2 ** failures++));
    version = -1; members.clear(); held = held && []; paint();
  };
}
box.oncompositionstart = () => held = []; box.oncompositionend = () => { const waiting = held; held = null; waiting.forEach(receive); };
const post = body => fetch('/v1/docs', {method: 'POST', headers: {'Content-Type': 'application/json'}, body: JSON.stringify(body)});
$('create').onclick = () => post({title: $('name').value}).then(made => made.json()).then(({id, link}) => location.href = '?doc=' + id + new URL(link.url).hash);
$(doc ? 'box' : 'start').hidden = false;
if (doc) { connect(); onhashchange = () => location.reload(); setInterval(() => Date.now() - heard > 3e4 ? socket.close() : version >= 0 && socket.send('{"type":"ping"}'), 15000); }
