// What others just wrote, and what came while one was away, on a tint that fades; without motion it goes after the
// same time.
import { type Extension, StateEffect, StateField } from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView, ViewPlugin } from "@codemirror/view";
import { remoteEditEffect } from "./binding.ts";

const shownMs = 2_500; // as the animation in editor.css
const most = 200; // of more only the newest are shown

const seen = StateEffect.define<null>(); // one has come back: what waits fades from now on
const gone = StateEffect.define<number>(); // what began to fade at this time or before

interface Born {
    began: number; // 0 while nobody looks
    number: number;
}

let born = 0;

function mark(began: number): Decoration {
    return Decoration.mark({ class: began ? "recent" : "recent waits", began, number: ++born });
}

function of(decoration: Decoration): Born {
    return decoration.spec as Born;
}

function restarted(marks: DecorationSet, now: number): DecorationSet {
    const waiting: { from: number; to: number }[] = [];
    marks.between(0, Infinity, (from, to, decoration) => {
        if (of(decoration).began === 0) waiting.push({ from, to });
    });
    return marks.update({
        filter: (_from, _to, decoration) => of(decoration).began !== 0,
        add: waiting.map(({ from, to }) => mark(now).range(from, to)),
    });
}

const recent = StateField.define<DecorationSet>({
    create: () => Decoration.none,
    update(marks, transaction) {
        let shown = marks.map(transaction.changes);
        for (const effect of transaction.effects) {
            // The first text of all is not news.
            if (effect.is(remoteEditEffect) && transaction.startState.doc.length > 0) {
                const began = document.hidden ? 0 : Date.now();
                const came = effect.value.filter(({ from, to }) => from < to);
                const add = came.map(({ from, to }) => mark(began).range(from, to));
                shown = shown.update({ add, sort: true, filter: (_from, _to, old) => of(old).number > born - most });
            } else if (effect.is(seen)) shown = restarted(shown, Date.now());
            else if (effect.is(gone))
                shown = shown.update({
                    filter: (_from, _to, { spec }) => (spec as Born).began === 0 || (spec as Born).began > effect.value,
                });
        }
        return shown;
    },
    provide: (field) => EditorView.decorations.from(field),
});

function oldestOf(marks: DecorationSet): number | null {
    let oldest: number | null = null;
    marks.between(0, Infinity, (_from, _to, decoration) => {
        const { began } = of(decoration);
        if (began && (oldest === null || began < oldest)) oldest = began;
    });
    return oldest;
}

const fading = ViewPlugin.define((view) => {
    let timer = 0;
    const comeBack = () => {
        if (!document.hidden && view.state.field(recent).size > 0) view.dispatch({ effects: seen.of(null) });
    };
    const goOn = () => {
        timer = 0;
        view.dispatch({ effects: gone.of(Date.now() - shownMs) });
    };
    document.addEventListener("visibilitychange", comeBack);
    return {
        update() {
            if (timer) return;
            const oldest = oldestOf(view.state.field(recent));
            if (oldest !== null) timer = window.setTimeout(goOn, Math.max(0, oldest + shownMs - Date.now()) + 50);
        },
        destroy() {
            clearTimeout(timer);
            document.removeEventListener("visibilitychange", comeBack);
        },
    };
});

export const recentChanges: Extension = [recent, fading];
