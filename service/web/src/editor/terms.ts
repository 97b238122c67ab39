// The terms that queries use, as the service tells them (/def/terms.json); read once, when they are first needed.

export interface Term {
  /** With its prefix: pc:leadAgency, topic:data. */
  name: string;
  kind: "class" | "object" | "datatype" | "property" | "concept";
  label: { vi: string; en: string };
  definition?: { vi?: string; en?: string };
}

export interface Terms {
  /** Prefix -> namespace. */
  prefixes: Record<string, string>;
  terms: Term[];
}

const NONE: Terms = { prefixes: {}, terms: [] };

/** Returns what reads the terms from an address; without a connection there are none, and the next call tries again. */
export function termsFrom(address: string): () => Promise<Terms> {
  let reading: Promise<Terms> | undefined;
  return () => {
    reading ??= fetch(address)
      .then((response) => (response.ok ? (response.json() as Promise<Terms>) : Promise.reject(response.status)))
      .catch(() => {
        reading = undefined;
        return NONE;
      });
    return reading;
  };
}
