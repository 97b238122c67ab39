// What may stand at the cursor of a query: variables of the query, prefixes, terms by name or label, words of SPARQL.
import type { Completion, CompletionContext, CompletionResult } from "@codemirror/autocomplete";
import type { EditorView } from "@codemirror/view";
import { folded } from "../text/folding";
import { missingDeclarations } from "./prefixes";
import type { Term, Terms } from "./terms";

const KEYWORDS = (
  "SELECT DISTINCT REDUCED CONSTRUCT DESCRIBE ASK WHERE FROM NAMED GRAPH OPTIONAL UNION MINUS FILTER BIND AS VALUES UNDEF " +
  "EXISTS NOT IN GROUP BY HAVING ORDER ASC DESC LIMIT OFFSET PREFIX BASE"
).split(" ");
const FUNCTIONS = (
  "COUNT SUM MIN MAX AVG SAMPLE GROUP_CONCAT STR LANG LANGMATCHES DATATYPE BOUND IF COALESCE IRI CONCAT SUBSTR STRLEN " +
  "REPLACE UCASE LCASE CONTAINS STRSTARTS STRENDS STRBEFORE STRAFTER REGEX YEAR MONTH DAY NOW ABS ROUND CEIL FLOOR " +
  "ISIRI ISLITERAL ISNUMERIC STRDT STRLANG SAMETERM"
).split(" ");
const MOST = 60; // suggestions at a time

/** Suggests completions in the language of the page; the terms come from `read`. */
export function completeWith(read: () => Promise<Terms>, language: "vi" | "en") {
  return async (context: CompletionContext): Promise<CompletionResult | null> => {
    const word = context.matchBefore(/[?$]?[\p{L}\p{N}_.:-]*/u);
    if (!word || (word.text === "" && !context.explicit) || insideTextOrIri(context, word.from)) return null;
    if (/^[?$]/.test(word.text)) return found(word.from, variables(context, word.text));
    const { prefixes, terms } = await read();
    const line = context.state.doc.lineAt(word.from).text.slice(0, word.from - context.state.doc.lineAt(word.from).from);
    if (/^\s*prefix\s+$/i.test(line)) return found(word.from, prefixLines(word.text, prefixes));
    const wanted = folded(word.text);
    const fitting = ranked(terms, wanted, language).map((one) => suggestion(one, language, prefixes));
    if (word.text.includes(":")) return found(word.from, fitting);
    const names = Object.keys(prefixes)
      .filter((name) => name.startsWith(wanted))
      .map((name) => ({ label: `${name}:`, detail: prefixes[name] ?? "", type: "namespace" }));
    return found(word.from, [...words(wanted), ...names, ...fitting]);
  };
}

function found(from: number, options: Completion[]): CompletionResult | null {
  return options.length ? { from, options: options.slice(0, MOST), filter: false } : null;
}

/** Whether the place lies in a comment, a string or an IRI, as far as its line tells. */
function insideTextOrIri(context: CompletionContext, position: number): boolean {
  const line = context.state.doc.lineAt(position);
  const rest = line.text
    .slice(0, position - line.from)
    .replace(/<[^<>\s]*>|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/g, "");
  return /#|<[^<>\s]*$|["']/.test(rest);
}

function variables(context: CompletionContext, begun: string): Completion[] {
  const sign = begun.charAt(0);
  const all = new Set([...context.state.doc.toString().matchAll(/[?$]([\p{L}\p{N}_]+)/gu)].map(([, name]) => sign + name));
  all.delete(begun); // itself
  return [...all].filter((name) => folded(name).startsWith(folded(begun))).map((label) => ({ label, type: "variable" }));
}

function prefixLines(begun: string, prefixes: Terms["prefixes"]): Completion[] {
  return Object.entries(prefixes)
    .filter(([name]) => name.startsWith(begun.replace(/:$/, "")))
    .map(([name, iri]) => ({ label: `${name}: <${iri}>`, type: "namespace" }));
}

function words(wanted: string): Completion[] {
  const fits = (word: string): boolean => wanted !== "" && word.toLowerCase().startsWith(wanted);
  return [
    ...KEYWORDS.filter(fits).map((label) => ({ label, type: "keyword" })),
    ...FUNCTIONS.filter(fits).map((label) => ({ label: `${label}(`, type: "function" })),
  ];
}

/** The terms whose name or label has what was typed: those that begin with it first, ours before those of others. */
function ranked(terms: Term[], wanted: string, language: "vi" | "en"): Term[] {
  const place = (term: Term): number => {
    const name = folded(term.name);
    const local = name.slice(name.indexOf(":") + 1);
    const labels = [term.label[language], ...Object.values(term.label)].map(folded);
    if (name.startsWith(wanted) || local.startsWith(wanted)) return 0;
    if (labels.some((label) => label.startsWith(wanted))) return 1;
    const part = wanted.slice(wanted.indexOf(":") + 1);
    const here = !wanted.includes(":") || name.startsWith(wanted.slice(0, wanted.indexOf(":") + 1));
    return here && part && (local.includes(part) || labels.some((label) => label.includes(part))) ? 2 : 3;
  };
  return terms
    .map((term, n) => ({ term, n, place: place(term) }))
    .filter((one) => one.place < 3)
    .sort((a, b) => a.place - b.place || a.n - b.n)
    .map((one) => one.term);
}

function suggestion(term: Term, language: "vi" | "en", prefixes: Terms["prefixes"]): Completion {
  const other = language === "vi" ? "en" : "vi";
  const info = term.definition?.[language] ?? term.definition?.[other];
  return {
    label: term.name,
    detail: `${term.label[language]} · ${term.label[other]}`,
    type: term.kind === "class" ? "class" : term.kind === "concept" ? "constant" : "property",
    ...(info ? { info } : {}),
    apply: (view, _, from, to) => insertTerm(view, term.name, from, to, prefixes),
  };
}

function insertTerm(view: EditorView, name: string, from: number, to: number, prefixes: Terms["prefixes"]): void {
  const before = view.state.doc.toString();
  const added = missingDeclarations(`${before.slice(0, from)}${name}${before.slice(to)}`, prefixes);
  view.dispatch({
    changes: [...(added ? [added] : []), { from, to, insert: name }],
    selection: { anchor: from + name.length + (added?.insert.length ?? 0) },
    scrollIntoView: true,
    userEvent: "input.complete",
  });
}
