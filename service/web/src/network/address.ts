// The state of the page is its address: filters and view for the service, node and camera for the drawing too.
import { fullName, shortName } from "./data";
import type { View } from "./drawing";

export function chosenNode(address = location.href): string | undefined {
  const name = new URL(address).searchParams.get("node");
  return name ? fullName(name) : undefined;
}

export function chosenView(address = location.href): View | undefined {
  const parts = new URL(address).searchParams.get("camera")?.split(",").map(Number) ?? [];
  const [x, y, ratio] = parts;
  if (parts.length !== 3 || x === undefined || y === undefined || !ratio || !parts.every(Number.isFinite)) return undefined;
  return { x, y, ratio };
}

/** The address without what only the drawing shows: two that agree in this have the same page. */
export function pageOf(address: string): string {
  const url = new URL(address);
  for (const name of ["node", "camera"]) url.searchParams.delete(name);
  url.hash = "";
  return url.href;
}

export function withNode(address: string, node: string | undefined): string {
  const url = new URL(address);
  if (node === undefined) url.searchParams.delete("node");
  else url.searchParams.set("node", shortName(node));
  return readable(url);
}

export function withView(address: string, view: View | undefined): string {
  const url = new URL(address);
  if (view) url.searchParams.set("camera", [view.x, view.y, view.ratio].map((part) => part.toFixed(4)).join(","));
  else url.searchParams.delete("camera");
  return readable(url);
}

/** The address that a form leads to, without fields that are empty. */
export function addressOf(form: HTMLFormElement): string {
  const url = new URL(form.action);
  for (const [name, value] of new FormData(form)) {
    if (typeof value === "string" && value) url.searchParams.set(name, value);
  }
  return readable(url);
}

function readable(url: URL): string {
  return url.href.replaceAll("%2F", "/").replaceAll("%2C", ",");
}
