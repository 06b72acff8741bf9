// Which transactions of the editor are a person's, and how they become edits of the replica.
import { Annotation, type ChangeSpec, EditorState, type Text, type Transaction } from "@codemirror/state";

// Marks what came from the replica and must not go back to it.
export const fromReplica = Annotation.define<boolean>();

export interface OwnEdit {
    offset: number;
    deleted: number;
    inserted: string;
}

export function ownEditsOf(transaction: Transaction): OwnEdit[] {
    const edits: OwnEdit[] = [];
    if (!transaction.docChanged || transaction.annotation(fromReplica)) return edits;
    transaction.changes.iterChanges((fromA, toA, fromB, _toB, inserted) => {
        edits.push({ offset: fromB, deleted: toA - fromA, inserted: inserted.sliceString(0, inserted.length, "\n") });
    }, true);
    return edits;
}

// Keys go together in one undo step, all else is one by itself.
export function isTyping(transaction: Transaction): boolean {
    return transaction.isUserEvent("input.type") || transaction.isUserEvent("delete");
}

function splitsPair(text: Text, offset: number): boolean {
    if (offset <= 0 || offset >= text.length) return false;
    const [before, after] = [text.sliceString(offset - 1, offset), text.sliceString(offset, offset + 1)];
    return /[\ud800-\udbff]/.test(before) && /[\udc00-\udfff]/.test(after);
}

// A text is made of whole characters: an edit that would leave half of one takes it as a whole.
export const wholeCharacters = EditorState.transactionFilter.of((transaction) => {
    if (!transaction.docChanged || transaction.annotation(fromReplica)) return transaction;
    const text = transaction.startState.doc;
    let broken = false;
    const changes: ChangeSpec[] = [];
    transaction.changes.iterChanges((from, to, _fromB, _toB, inserted) => {
        const start = splitsPair(text, from) ? from - 1 : from;
        const end = splitsPair(text, to) ? to + 1 : to;
        const given = inserted.sliceString(0, inserted.length, "\n");
        const insert = given.toWellFormed();
        broken ||= start !== from || end !== to || insert !== given;
        changes.push({ from: start, to: Math.max(start, end), insert });
    });
    if (!broken) return transaction;
    return { changes, scrollIntoView: transaction.scrollIntoView };
});
