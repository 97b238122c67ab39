// Where a query is written: at first the text area of the page, then the editor that takes its place.
import { missingDeclarations } from "./prefixes";
import type { Terms } from "./terms";

export interface QueryField {
  query(): string;
  replace(query: string): void;
  /** Adds the known prefixes that the query uses and does not declare. */
  declarePrefixes(): Promise<void>;
  /** Marks a line and column, counted from 1 in characters as the service counts them, or takes the mark away. */
  mark(place: { line: number; column: number } | null): void;
}

/** The text area as it is; it has no marks. */
export function plainField(area: HTMLTextAreaElement, terms: () => Promise<Terms>): QueryField {
  return {
    query: () => area.value,
    replace: (query) => void (area.value = query),
    async declarePrefixes() {
      const added = missingDeclarations(area.value, (await terms()).prefixes);
      if (added) area.setRangeText(added.insert, added.from, added.from, "preserve");
    },
    mark: () => undefined,
  };
}
