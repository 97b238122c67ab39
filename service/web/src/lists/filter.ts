// Filters things on a page by their words while somebody types.
import { folded } from "../text/folding";

/** Shows the items that have every word typed into `field` and hides the rest; `after` gets the number shown. */
export function filterOnTyping(field: HTMLInputElement, items: HTMLElement[], after: (shown: number) => void): void {
  const texts = items.map((item) => folded(item.textContent ?? ""));
  const apply = (): void => {
    const words = folded(field.value).split(/\s+/).filter(Boolean);
    let shown = 0;
    items.forEach((item, n) => {
      const fits = words.every((word) => texts[n]?.includes(word));
      item.hidden = !fits;
      if (fits) shown += 1;
    });
    after(shown);
  };
  field.closest<HTMLElement>("[data-needs-script]")?.removeAttribute("hidden");
  field.addEventListener("input", apply);
  if (field.value) apply(); // what the browser filled in when somebody came back
}
