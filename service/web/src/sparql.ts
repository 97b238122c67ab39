// The query page: an editor in the place of the text area, and answers that take each other's place. The service makes
// the answer as a page, the same with scripts and without; here it is put where the one before stood. The editor is loaded
// when somebody turns to the field, so that reading the page costs no more than any other.
import { plainField } from "./editor/field";
import { linkTo, queryIn } from "./editor/links";
import { termsFrom } from "./editor/terms";

const form = document.querySelector<HTMLFormElement>("#query-form");
const area = document.querySelector<HTMLTextAreaElement>("#query");
const result = document.querySelector<HTMLElement>("#result");
const state = document.querySelector<HTMLElement>("#query-state");
const stop = document.querySelector<HTMLButtonElement>("#stop");
const format = document.querySelector<HTMLSelectElement>("#format");

if (form && area && result && state && stop && format) {
  const terms = termsFrom(area.dataset["terms"] ?? "");
  let field = plainField(area, terms);
  let opening: Promise<void> | undefined;
  let running: AbortController | undefined;
  for (const one of form.querySelectorAll<HTMLElement>("[data-needs-script]")) one.hidden = false;

  const openEditor = (): Promise<void> =>
    (opening ??= import("./editor/editor").then(({ editorFor }) => {
      field = editorFor(area, terms);
      markMistake();
    }));
  for (const turning of ["focus", "pointerenter"]) area.addEventListener(turning, () => void openEditor(), { once: true });

  const markMistake = (): void => {
    const { line, column } = result.querySelector<HTMLElement>("[data-line]")?.dataset ?? {};
    field.mark(line && column ? { line: Number(line), column: Number(column) } : null);
  };

  const run = async (): Promise<void> => {
    running?.abort();
    const mine = (running = new AbortController());
    const begun = performance.now();
    state.textContent = state.dataset["running"] ?? "";
    stop.hidden = false;
    void openEditor();
    try {
      await field.declarePrefixes();
      const query = field.query();
      const body = new URLSearchParams([...new FormData(form)].map(([name, value]) => [name, String(value)]));
      body.set("query", query);
      const response = await fetch(form.action, { method: "POST", body, headers: { Accept: "text/html" }, signal: mine.signal });
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      const answer = page.querySelector("#result") ?? page.querySelector("main");
      result.replaceChildren(...(answer?.childNodes ?? []));
      history.replaceState(null, "", await linkTo(query, new URL(location.href)));
      markMistake();
      const seconds = ((performance.now() - begun) / 1000).toLocaleString(document.documentElement.lang, { maximumFractionDigits: 2 });
      state.textContent = response.ok ? (state.dataset["took"] ?? "").replace("{seconds}", seconds) : (result.querySelector("h2")?.textContent ?? "");
    } catch (error) {
      if (running === mine) state.textContent = state.dataset[mine.signal.aborted ? "stopped" : "failed"] ?? String(error);
    } finally {
      if (running === mine) stop.hidden = true;
    }
  };

  form.addEventListener("submit", (event) => {
    if (format.value !== "html") return; // the browser saves or shows the file
    event.preventDefault();
    void run();
  });
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
  });
  stop.addEventListener("click", () => running?.abort());

  const shared = document.querySelector<HTMLElement>("#shared");
  const link = document.querySelector<HTMLInputElement>("#shared-link");
  document.querySelector("#share")?.addEventListener("click", async () => {
    if (!shared || !link) return;
    link.value = await linkTo(field.query(), new URL(location.href));
    shared.hidden = false;
    link.select();
    // Where the page is no secure context there is no clipboard; the link stands there to be copied by hand.
    const copied = await navigator.clipboard?.writeText(link.value).then(() => true, () => false);
    if (copied) state.textContent = state.dataset["copied"] ?? "";
  });

  markMistake();
  void queryIn(location).then((query) => {
    if (query === null) return;
    field.replace(query);
    void run();
  });
}
