// The place in the query where the service says that it cannot be read.
import { StateEffect, StateField } from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView } from "@codemirror/view";

/** Marks a place (a position in the query), or nothing. */
export const setMistake = StateEffect.define<number | null>();

const WHOLE_LINE = Decoration.line({ class: "mistake-line" });
const MARK = Decoration.mark({ class: "mistake" });

/** Shows the mark until the query is changed. */
export const mistake = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(marks, transaction) {
    for (const effect of transaction.effects) {
      if (effect.is(setMistake)) {
        if (effect.value === null) return Decoration.none;
        const line = transaction.state.doc.lineAt(effect.value);
        // At the end of a line the sign before it is marked, for there is none to mark.
        const from = effect.value < line.to ? effect.value : Math.max(line.from, line.to - 1);
        const to = Math.min(line.to, from + 1);
        return Decoration.set([WHOLE_LINE.range(line.from), ...(from < to ? [MARK.range(from, to)] : [])]);
      }
    }
    return transaction.docChanged ? Decoration.none : marks;
  },
  provide: (field) => EditorView.decorations.from(field),
});
