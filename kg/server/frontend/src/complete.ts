// Completion of a field that takes an entity by name: a list box below it, worked by pointer or arrow keys.

import { element, search } from "./page";
import type { Hit } from "./page";

const PAUSE = 120; // milliseconds after a key before the server is asked

/** Give each field its list. */
export function start(fields: HTMLElement[]): void {
  fields.forEach((field) => attach(field as HTMLInputElement));
}

/** Show the name of a thing in the field, and send its id in the field's place until another word is written. */
function stand(field: HTMLInputElement, id: string, name: string): void {
  field.dataset.name ||= field.name;
  const sent = element("input", { type: "hidden", name: field.dataset.name!, value: id });
  field.value = name;
  field.removeAttribute("name");
  field.after(sent);
  field.addEventListener("input", () => {
    sent.remove();
    field.name = field.dataset.name!;
  }, { once: true });
}

function attach(field: HTMLInputElement): void {
  const list = element("ul", { role: "listbox", class: "suggestions", id: `${field.id}-list`, hidden: "" });
  field.after(list);
  for (const [name, value] of Object.entries({
    role: "combobox", autocomplete: "off", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id,
  })) {
    field.setAttribute(name, value);
  }
  if (field.dataset.called) {
    stand(field, field.value, field.dataset.called);
  }
  let timer = 0;
  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = window.setTimeout(() => ask(field, list), PAUSE);
  });
  field.addEventListener("keydown", (event) => key(event, field, list));
  field.addEventListener("blur", () => window.setTimeout(() => close(field, list), 150));
}

async function ask(field: HTMLInputElement, list: HTMLElement): Promise<void> {
  const words = field.value.trim();
  const hits = words ? await search(words, [field.dataset.complete!], 8) : [];
  list.replaceChildren(...hits.map((hit, place) => option(hit, place, field, list)));
  list.hidden = hits.length === 0;
  field.setAttribute("aria-expanded", String(hits.length > 0));
  field.removeAttribute("aria-activedescendant");
}

function option(hit: Hit, place: number, field: HTMLInputElement, list: HTMLElement): HTMLElement {
  const other = hit.text === hit.label ? hit.name.replace(/^entity:/, "") : hit.text;
  const made = element(
    "li",
    { role: "option", id: `${list.id}-${place}`, "data-value": hit.name, "data-label": hit.label },
    element("bdi", {}, hit.label), " ", element("small", {}, other),
  );
  made.addEventListener("mousedown", (event) => {
    event.preventDefault();
    choose(made, field, list);
  });
  return made;
}

function key(event: KeyboardEvent, field: HTMLInputElement, list: HTMLElement): void {
  const options = [...list.children] as HTMLElement[];
  const active = options.findIndex((one) => one.ariaSelected === "true");
  if (event.key === "Escape") {
    close(field, list);
  } else if (list.hidden || !options.length) {
    return;
  } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    const step = event.key === "ArrowDown" ? 1 : -1;
    mark(options, (active + step + options.length) % options.length, field);
  } else if (event.key === "Enter" && active >= 0) {
    event.preventDefault();
    choose(options[active], field, list);
  }
}

function mark(options: HTMLElement[], place: number, field: HTMLInputElement): void {
  options.forEach((one, at) => (one.ariaSelected = String(at === place)));
  field.setAttribute("aria-activedescendant", options[place].id);
}

function choose(option: HTMLElement, field: HTMLInputElement, list: HTMLElement): void {
  stand(field, option.dataset.value!, option.dataset.label!);
  close(field, list);
  field.dispatchEvent(new Event("change"));
}

function close(field: HTMLInputElement, list: HTMLElement): void {
  list.hidden = true;
  field.setAttribute("aria-expanded", "false");
}
