// A field that finds nodes by how words of their names begin, in whatever accents (ARIA combobox with a list).
import { folded } from "../text/folding";

const MOST = 8;

export interface Found {
  key: string;
  label: string;
  area: string;
}

export function searchNodes(field: HTMLInputElement, list: HTMLElement, nodes: Found[], none: string, choose: (key: string) => void): void {
  const texts = nodes.map(({ label, area }) => ` ${folded(`${label} ${area}`)}`);
  let options: HTMLElement[] = [];
  let active = -1;

  const show = (found: Found[]): void => {
    options = found.map((one, n) => {
      const option = document.createElement("li");
      option.id = `found-${n}`;
      option.role = "option";
      option.dataset["key"] = one.key;
      option.textContent = one.area ? `${one.label} – ${one.area}` : one.label;
      return option;
    });
    list.replaceChildren(...options);
    activate(found.length ? 0 : -1);
    if (!found.length && field.value.trim()) {
      const said = document.createElement("li");
      said.role = "option";
      said.ariaDisabled = "true";
      said.textContent = none;
      list.append(said);
    }
    list.hidden = !list.childElementCount;
    field.ariaExpanded = String(!list.hidden);
  };
  const activate = (n: number): void => {
    active = n;
    options.forEach((option, at) => (option.ariaSelected = String(at === n)));
    const id = options[n]?.id;
    if (id) field.setAttribute("aria-activedescendant", id);
    else field.removeAttribute("aria-activedescendant");
  };
  const close = (): void => {
    options = [];
    list.replaceChildren();
    list.hidden = true;
    field.ariaExpanded = "false";
    activate(-1);
  };
  const take = (option: HTMLElement | undefined): void => {
    const key = option?.dataset["key"];
    if (!key) return;
    field.value = "";
    close();
    choose(key);
  };

  field.addEventListener("input", () => {
    const words = folded(field.value).split(/\s+/).filter(Boolean);
    const fits = (n: number): boolean => words.every((word) => texts[n]?.includes(` ${word}`));
    show(words.length ? nodes.filter((_, n) => fits(n)).slice(0, MOST) : []);
  });
  field.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (options.length) activate((active + (event.key === "ArrowDown" ? 1 : -1) + options.length) % options.length);
    } else if (event.key === "Enter") take(options[active]);
    else if (event.key === "Escape" && !list.hidden) close();
    else return;
    event.preventDefault();
  });
  field.addEventListener("blur", close);
  list.addEventListener("pointerdown", (event) => {
    event.preventDefault(); // the field keeps the focus until a choice is made
    take((event.target as Element).closest<HTMLElement>("[data-key]") ?? undefined);
  });
}
