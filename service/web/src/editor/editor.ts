// A text area becomes an editor of SPARQL.
//
// The editor lives in a shadow tree: there CodeMirror hands its style to the browser as style sheet objects, where else it
// would write style elements, which the content security policy refuses. Tab is left to the browser, so that the keyboard
// gets out of the editor as it came in.
import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { bracketMatching, StreamLanguage, syntaxHighlighting } from "@codemirror/language";
import { sparql } from "@codemirror/legacy-modes/mode/sparql";
import { EditorState } from "@codemirror/state";
import { drawSelection, EditorView, keymap, lineNumbers } from "@codemirror/view";
import { completeWith } from "./completion";
import type { QueryField } from "./field";
import { mistake, setMistake } from "./mistake";
import { missingDeclarations } from "./prefixes";
import type { Terms } from "./terms";
import { colours, theme } from "./theme";

/** Puts an editor in the place of a text area, which stays in the form, hidden, with the same text. */
export function editorFor(area: HTMLTextAreaElement, terms: () => Promise<Terms>): QueryField {
  const language = document.documentElement.lang === "en" ? "en" : "vi";
  const focused = document.activeElement === area;
  const label = area.labels[0];
  const host = document.createElement("div");
  host.className = "editor";
  area.before(host);
  const root = host.attachShadow({ mode: "open" });

  async function declarePrefixes(): Promise<void> {
    const added = missingDeclarations(view.state.doc.toString(), (await terms()).prefixes);
    if (added) view.dispatch({ changes: added });
  }

  const view = new EditorView({
    root,
    parent: root,
    state: EditorState.create({
      doc: area.value,
      selection: { anchor: area.selectionStart, head: area.selectionEnd },
      extensions: [
        lineNumbers(),
        history(),
        drawSelection(),
        bracketMatching(),
        closeBrackets(),
        StreamLanguage.define(sparql),
        syntaxHighlighting(colours),
        autocompletion({ override: [completeWith(terms, language)], icons: false }),
        keymap.of([
          { key: "Mod-Enter", run: () => true }, // the page runs the query; by default a line would be added
          ...closeBracketsKeymap,
          ...completionKeymap,
          ...defaultKeymap,
          ...historyKeymap,
        ]),
        EditorView.lineWrapping,
        EditorView.contentAttributes.of({
          "aria-label": label?.textContent ?? "",
          spellcheck: "false",
          autocapitalize: "off",
        }),
        EditorView.updateListener.of((update) => {
          if (!update.docChanged) return;
          area.value = update.state.doc.toString();
          let colon = false; // a prefix was just typed
          update.changes.iterChanges((_from, _to, _fromB, _toB, text) => (colon ||= text.toString() === ":"));
          if (colon && update.transactions.some((one) => one.isUserEvent("input.type"))) void declarePrefixes();
        }),
        EditorView.domEventHandlers({ beforeinput: typeOverSelection }),
        mistake,
        theme,
      ],
    }),
  });
  area.hidden = true;
  area.required = false; // nobody could see what is missing
  label?.addEventListener("click", () => view.focus());
  if (focused) view.focus();

  return {
    query: () => view.state.doc.toString(),
    replace: (query) => view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: query } }),
    declarePrefixes,
    mark(place) {
      if (place === null || place.line > view.state.doc.lines) return view.dispatch({ effects: setMistake.of(null) });
      const line = view.state.doc.line(place.line);
      const ahead = [...line.text].slice(0, place.column - 1).join("").length; // the service counts code points
      const at = Math.min(line.to, line.from + ahead);
      view.dispatch({ effects: setMistake.of(at), selection: { anchor: at }, scrollIntoView: true });
    },
  };
}

/** Types over a selection in the place of the browser, which would keep the look of what it deletes in a style attribute,
 * and the content security policy would say so on the console. */
function typeOverSelection(event: InputEvent, view: EditorView): boolean {
  const text = event.data;
  const { from, to, empty } = view.state.selection.main;
  if (event.inputType !== "insertText" || empty || text === null) return false;
  const change = () => view.state.update(view.state.replaceSelection(text), { userEvent: "input.type", scrollIntoView: true });
  event.preventDefault();
  if (!view.state.facet(EditorView.inputHandler).some((handle) => handle(view, from, to, text, change))) {
    view.dispatch(change());
  }
  return true;
}
