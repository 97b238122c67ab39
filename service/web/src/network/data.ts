// What /networks/{name}?format=json says, as far as it is drawn.

export interface NetworkNode {
  iri: string;
  label: string;
  area_label?: string;
  x: number;
  y: number;
  out_strength: number;
  in_strength: number;
  neighbours: number;
  community: number;
}

export interface NetworkEdge {
  source: string;
  target: string;
  weight: number;
}

export interface NetworkData {
  network: { name: string; directed: boolean };
  layout: { width: number; height: number };
  nodes: NetworkNode[];
  edges: NetworkEdge[];
}

const IDS = "https://w3id.org/phancong/id/";

/** A node as addresses name it: what stands below id/, else its IRI. */
export function shortName(iri: string): string {
  return iri.startsWith(IDS) ? iri.slice(IDS.length) : iri;
}

export function fullName(name: string): string {
  return /^https?:\/\//.test(name) ? name : IDS + name;
}

/** Loads a network. Rejects where the service does not answer with one. */
export async function loadNetwork(address: string, signal: AbortSignal): Promise<NetworkData> {
  const response = await fetch(address, { headers: { Accept: "application/json" }, signal });
  if (!response.ok) throw new Error(`${address}: HTTP ${response.status}`);
  return (await response.json()) as NetworkData;
}
