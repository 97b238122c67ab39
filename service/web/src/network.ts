// The page of a network: filters and views without loading the whole page, its drawing, and the history of both.
import { addressOf, pageOf, withNode, withView } from "./network/address";
import { mount, type Mounted } from "./network/mount";

let root = document.querySelector<HTMLElement>("#network");
let shown = location.href;
let mounted: Mounted | undefined;
let loading = new AbortController();

async function draw(): Promise<void> {
  if (!root) return;
  listen(root);
  const { signal } = loading;
  try {
    const made = await mount(root, signal);
    if (signal.aborted) made?.kill();
    else mounted = made;
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

/** Shows the page of an address in the place of this one. What cannot be had so is opened as any other link. */
async function open(address: string): Promise<void> {
  loading.abort();
  loading = new AbortController();
  const { signal } = loading;
  root?.setAttribute("aria-busy", "true");
  try {
    const response = await fetch(address, { headers: { Accept: "text/html" }, signal });
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const next = page.querySelector<HTMLElement>("#network");
    if (!response.ok || !next || !root) return location.replace(address);
    const focused = document.activeElement?.id;
    const scrolled = window.scrollY;
    mounted?.kill();
    mounted = undefined;
    root.replaceWith(next);
    root = next;
    shown = address;
    document.title = page.title;
    const languages = page.querySelectorAll<HTMLAnchorElement>("a.language");
    document.querySelectorAll<HTMLAnchorElement>("a.language").forEach((link, n) => (link.href = languages[n]?.href ?? link.href));
    window.scrollTo({ top: scrolled, behavior: "instant" });
    if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
    await draw();
    const count = root.querySelector("#network-count")?.textContent;
    const status = root.querySelector("#network-status");
    if (status && count) status.textContent = count.trim();
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

function go(address: string): void {
  history.pushState(null, "", address);
  if (pageOf(address) === pageOf(shown) && mounted) {
    shown = address;
    mounted.follow();
  } else void open(address);
}

function listen(page: HTMLElement): void {
  const form = page.querySelector<HTMLFormElement>("#filters");
  form?.addEventListener("submit", (event) => {
    event.preventDefault();
    go(withView(addressOf(form), undefined));
  });
  form?.addEventListener("change", () => form.requestSubmit());
  page.addEventListener("click", (event) => {
    const link = (event.target as Element).closest<HTMLAnchorElement>("a[href]");
    if (!link || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const url = new URL(link.href);
    if (url.origin !== location.origin || url.pathname !== location.pathname || url.searchParams.has("format")) return;
    event.preventDefault();
    const camera = new URL(location.href).searchParams.get("camera");
    if (camera && pageOf(url.href) === pageOf(location.href)) url.searchParams.set("camera", camera);
    const node = new URL(location.href).searchParams.get("node");
    const keepsNode = !url.searchParams.has("node") && node && link.closest(".views");
    go(keepsNode ? withNode(url.href, node) : url.href);
  });
}

// The other language shows the same: what the drawing has added to the address goes with it.
for (const link of document.querySelectorAll<HTMLAnchorElement>("a.language")) {
  link.addEventListener("click", () => {
    const url = new URL(link.href);
    for (const name of ["node", "camera"]) {
      const value = new URL(location.href).searchParams.get(name);
      if (value) url.searchParams.set(name, value);
      else url.searchParams.delete(name);
    }
    link.href = url.href;
  });
}

window.addEventListener("popstate", () => {
  if (pageOf(location.href) === pageOf(shown) && mounted) {
    shown = location.href;
    mounted.follow();
  } else void open(location.href);
});

void draw();
