// A document as the README of shared/crdt tells it: a tree of elements, walked anew each time it is asked for its
// text. Slow and simple.

const nameOf = id => (id ? id.replica + ':' + id.counter : 'root');

export class NaiveDocument {
  #elements = new Map([['root', { id: null, children: { left: [], right: [] } }]]);

  #element(id) {
    const element = this.#elements.get(nameOf(id));
    if (!element) throw new Error('there is no element ' + nameOf(id));
    return element;
  }

  // In text order, deleted ones as well, without the root. Iterative: typing makes deep trees.
  #walk() {
    const order = [];
    const stack = [{ element: this.#element(null), done: false }];
    while (stack.length > 0) {
      const { element, done } = stack.pop();
      if (done) {
        if (element.id) order.push(element);
        continue;
      }
      const later = element.children.right.map(child => ({ element: child, done: false })).reverse();
      const before = element.children.left.map(child => ({ element: child, done: false })).reverse();
      stack.push(...later, { element, done: true }, ...before);
    }
    return order;
  }

  #insert(parent, side, id, char) {
    const element = { id, char, deleted: false, children: { left: [], right: [] } };
    const siblings = this.#element(parent).children[side];
    const after = siblings.findIndex(
      ({ id: other }) => other.replica > id.replica || (other.replica === id.replica && other.counter > id.counter));
    siblings.splice(after < 0 ? siblings.length : after, 0, element);
    this.#elements.set(nameOf(id), element);
  }

  apply({ replica, counter, ops }) {
    let current = counter;
    for (const op of ops) {
      if (op.ranges) {
        for (const range of op.ranges)
          for (let i = 0; i < range.length; ++i)
            this.#element({ replica: range.replica, counter: range.counter + i }).deleted = true;
        current += 1;
        continue;
      }
      let { parent, side } = op;
      for (const char of op.text) {
        const id = { replica, counter: current++ };
        this.#insert(parent, side, id, char);
        parent = id;
        side = 'right';
      }
    }
    return current; // the next counter
  }

  // The ops of a replacement of `deleted` characters at `index` by `text`; does not apply them.
  edit(index, deleted, text) {
    const order = this.#walk();
    const visible = order.filter(element => !element.deleted);
    const ops = [];
    const doomed = visible.slice(index, index + deleted);
    if (doomed.length > 0) ops.push({ ranges: rangesOf(doomed.map(({ id }) => id)) });
    if (text === '') return ops;
    const left = index === 0 ? this.#element(null) : visible[index - 1];
    const next = order[order.indexOf(left) + 1]; // of the root: the first
    if (left.children.right.length === 0) ops.push({ parent: left.id, side: 'right', text });
    else ops.push({ parent: next.id, side: 'left', text });
    return ops;
  }

  get text() {
    return this.#walk().filter(({ deleted }) => !deleted).map(({ char }) => char).join('');
  }
}

function rangesOf(ids) {
  const ranges = [];
  for (const { replica, counter } of ids) {
    const last = ranges.at(-1);
    if (last && last.replica === replica && last.counter + last.length === counter) last.length += 1;
    else ranges.push({ replica, counter, length: 1 });
  }
  return ranges;
}
