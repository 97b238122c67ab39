// The prefixes of a SPARQL query: which it declares, which it uses and does not declare.

// What a colon may stand in without being a prefix (comments, IRIs, strings), or a prefix (SPARQL 1.1, section 19.8).
const TOKENS =
  /#[^\n]*|<[^<>\s]*>|"""[\s\S]*?"""|'''[\s\S]*?'''|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|[?$]\w+|(?:(prefix)\s+)?([\p{L}][\p{L}\p{N}_.-]*)?:/giu;

/** The names that a query uses as prefixes, of those in `known`, and does not declare, in order of appearance. */
function missingPrefixes(query: string, known: Readonly<Record<string, string>>): string[] {
  const used = new Set<string>();
  const declared = new Set<string>();
  for (const [, declares, name] of query.matchAll(TOKENS)) {
    if (name === undefined) continue;
    (declares ? declared : used).add(name);
  }
  return [...used].filter((name) => name in known && !declared.has(name));
}

/** The declarations that a query lacks, a line each, and where they go: at its beginning, but behind a BASE, which they may
 * be relative to; null where it lacks none. */
export function missingDeclarations(
  query: string,
  known: Readonly<Record<string, string>>,
): { from: number; insert: string } | null {
  const insert = missingPrefixes(query, known)
    .map((name) => `PREFIX ${name}: <${known[name] ?? ""}>\n`)
    .join("");
  return insert ? { from: /^\s*base\s+<[^>]*>[^\S\n]*\n?/i.exec(query)?.[0].length ?? 0, insert } : null;
}
