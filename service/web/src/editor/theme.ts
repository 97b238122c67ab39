// The look of the editor, in the colours of the page: its custom properties reach into the shadow tree.
import { HighlightStyle } from "@codemirror/language";
import { EditorView } from "@codemirror/view";
import { tags } from "@lezer/highlight";

export const theme = EditorView.theme({
  "&": { color: "var(--ink)", backgroundColor: "var(--ground)", border: "1px solid var(--strong-line)", borderRadius: "var(--round)" },
  "&.cm-focused": { outline: "3px solid var(--link)", outlineOffset: "2px" },
  ".cm-scroller": { font: "400 .9375rem/1.5 var(--code)", minHeight: "20rem", maxHeight: "70vh" },
  ".cm-content": { caretColor: "var(--ink)" },
  ".cm-cursor": { borderLeftColor: "var(--ink)" },
  ".cm-gutters": { color: "var(--quiet)", backgroundColor: "var(--band)", borderRight: "1px solid var(--line)" },
  "& .cm-selectionBackground, &.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground": {
    backgroundColor: "var(--heat-2)",
  },
  ".cm-matchingBracket": { backgroundColor: "var(--mark)", outline: "1px solid var(--strong-line)" },
  ".cm-placeholder": { color: "var(--quiet)" },
  ".mistake-line": { backgroundColor: "var(--mark)" },
  ".mistake": { textDecoration: "underline wavy var(--accent) 2px", textUnderlineOffset: "3px", fontWeight: "600" },
  ".cm-tooltip": { color: "var(--ink)", backgroundColor: "var(--ground)", border: "1px solid var(--strong-line)" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": { font: "400 .875rem/1.6 var(--code)", maxWidth: "min(90vw, 46rem)", maxHeight: "16em" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]": { color: "var(--on-accent)", backgroundColor: "var(--accent)" },
  ".cm-completionDetail": { font: "400 .8125rem/1.6 var(--text)", marginLeft: "1em", color: "var(--quiet)" },
  "li[aria-selected] .cm-completionDetail": { color: "var(--on-accent)" },
  ".cm-completionInfo": { font: "400 .875rem/1.5 var(--text)", padding: ".5rem .75rem", maxWidth: "22rem" },
});

export const colours = HighlightStyle.define([
  { tag: tags.keyword, color: "var(--series-1)", fontWeight: "600" },
  { tag: [tags.standard(tags.variableName), tags.standard(tags.name)], color: "var(--series-4)" },
  { tag: [tags.local(tags.variableName), tags.variableName], color: "var(--series-2)" },
  { tag: tags.atom, color: "var(--series-3)" },
  { tag: [tags.string, tags.number], color: "var(--good)" },
  { tag: [tags.comment, tags.meta], color: "var(--quiet)" },
]);
