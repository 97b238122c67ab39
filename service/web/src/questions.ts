// The list of questions: shows those that have the words typed, in whatever accents.
import { filterOnTyping } from "./lists/filter";

const field = document.querySelector<HTMLInputElement>("#filter");
const none = document.querySelector<HTMLElement>("#filter-none");
if (field && none) {
  const items = [...document.querySelectorAll<HTMLElement>(field.dataset["filter"] ?? "")];
  const groups = [...document.querySelectorAll<HTMLElement>("#groups > section")];
  filterOnTyping(field, items, (shown) => {
    none.hidden = shown > 0;
    for (const group of groups) group.hidden = group.querySelector("li:not([hidden])") === null;
  });
}
