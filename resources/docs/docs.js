// Shows /openapi.json: every call with its parameters, what it takes and what it answers. Text nodes only.
let description;
const verbs = ['get', 'post', 'put', 'patch', 'delete'];
function make(name, attributes = {}, ...children) {
  const element = Object.assign(document.createElement(name), attributes);
  element.append(...children.filter(child => child !== undefined));
  return element;
}
const resolved = thing => thing?.$ref ? thing.$ref.slice(2).split('/').reduce((at, name) => at[name], description) : thing;

// A schema as an example of itself: {"title": string, "text"?: string}.
function shape(schema, depth = 0) {
  const pad = '  '.repeat(depth + 1), { type, items, properties, required = [], allOf, enum: words, format } = resolved(schema) ?? {};
  if (allOf) {
    const parts = allOf.map(resolved);
    return shape({ type: 'object', properties: Object.assign({}, ...parts.map(part => part.properties)), required: parts.flatMap(part => part.required ?? []) }, depth);
  }
  if (words) return words.map(word => JSON.stringify(word)).join(' | ');
  if (type === 'array') return '[' + shape(items, depth) + ', …]';
  if (properties) {
    const lines = Object.entries(properties).map(([name, value]) => pad + JSON.stringify(name) + (required.includes(name) ? '' : '?') + ': ' + shape(value, depth + 1));
    return '{\n' + lines.join(',\n') + '\n' + '  '.repeat(depth) + '}';
  }
  const kind = [type ?? 'any'].flat().join(' | ');
  return format ? kind + ' (' + format + ')' : kind;
}
function bodies(content = {}) {
  return Object.entries(content).map(([type, { schema }]) => make('pre', {}, type + '\n' + (type.includes('json') && !type.includes('problem') ? shape(schema) : '')));
}
function rowsOf(parameters) {
  return parameters.map(resolved).map(({ name, in: place, required, description: words = '', schema = {} }) =>
    make('tr', {}, make('td', {}, make('code', {}, name)), make('td', {}, place + (required ? ', needed' : '')), make('td', {}, shape(schema)), make('td', {}, words)));
}
function call(path, verb, { parameters = [], summary, requestBody, responses }, shared) {
  const all = [...shared, ...parameters], body = resolved(requestBody);
  const parts = [make('summary', {}, make('span', { className: 'verb' }, verb.toUpperCase()), make('code', {}, path), ' ', make('span', { className: 'quiet' }, summary))];
  if (all.length) parts.push(make('table', {}, make('tbody', {}, ...rowsOf(all))));
  if (body) parts.push(make('p', {}, 'Takes'), ...bodies(body.content));
  for (const [status, answer] of Object.entries(responses)) {
    const { description: words, content } = resolved(answer);
    parts.push(make('p', {}, make('strong', {}, status), ' ', words), ...(status < '3' ? bodies(content) : []));
  }
  return make('details', {}, ...parts);
}
async function show() {
  const page = document.getElementById('page');
  description = await (await fetch('/openapi.json')).json();
  const { info, tags, paths } = description;
  page.replaceChildren(make('h1', {}, info.title), make('p', {}, info.description), make('p', {}, make('a', { href: '/openapi.json' }, '/openapi.json')));
  for (const { name, description: words } of tags) {
    page.append(make('h2', {}, name), make('p', { className: 'quiet' }, words));
    for (const [path, { parameters = [], ...item }] of Object.entries(paths))
      for (const verb of verbs) if (item[verb]?.tags.includes(name)) page.append(call(path, verb, item[verb], parameters));
  }
}
show().catch(fault => document.getElementById('page').replaceChildren(make('p', {}, 'The description cannot be shown: ' + fault.message)));
