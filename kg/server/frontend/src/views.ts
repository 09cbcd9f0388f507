// Other looks of a result: bars, a timeline, a network, a map, each offered where its columns allow it.

import { bars } from "./bars";
import { element, text } from "./page";
import { dated, strip } from "./dates";
import type { Result, View } from "./result";
import { cellText, isName, isLabel, isNumber, isPlace, result } from "./result";

const VIEWS: { name: string; fits: (result: Result) => View | null; draw: Draw }[] = [
  { name: "bars", fits: asBars, draw: bars },
  { name: "dates", fits: asDates, draw: dated },
  { name: "network", fits: asNetwork, draw: async (place, shown, view) => (await import("./network")).network(place, shown, view) },
  { name: "map", fits: asMap, draw: async (place, shown, view) => (await import("./map")).points(place, shown, view) },
];

const KINDS = /^(act|kind|type|types|status|role|side|how|factualit(y|ies))$/;

type Draw = (place: HTMLElement, result: Result, view: View) => void | Promise<void>;

/** Give each result its tabs; a result whose data cannot be had keeps its table alone. */
export function start(places: HTMLElement[]): void {
  places.forEach((place) => open(place).catch(console.error));
}

async function open(place: HTMLElement): Promise<void> {
  const answer = await fetch(place.dataset.json!, { headers: { Accept: "application/sparql-results+json" } });
  if (!answer.ok) {
    return;
  }
  const shown = result(await answer.json(), place);
  const only = place.dataset.only;
  if (only === "strip") {
    const date = asDates(shown)?.date;
    place.replaceChildren(...(date ? [strip(shown.rows.filter((row) => row[date]), date, place.clientWidth || 800)] : []));
    return;
  }
  const offered = VIEWS.filter(({ name }) => !only || name === only).flatMap(({ name, fits, draw }) => {
    const view = fits(shown);
    return view ? [{ name, draw, view }] : [];
  });
  if (offered.length && shown.rows.length) {
    offer(place, shown, offered);
  }
}

function offer(place: HTMLElement, shown: Result, offered: { name: string; draw: Draw; view: View }[]): void {
  const table = place.querySelector<HTMLElement>("[data-table]");
  const panels = new Map<string, HTMLElement>(table ? [["table", table]] : []);
  if (place.dataset.only) {
    const [{ draw, view }] = offered;
    const panel = element("div", { class: "view" });
    place.append(panel);
    draw(panel, shown, view);
    return;
  }
  const tabs = element("div", { role: "tablist", "aria-label": text("look"), class: "tabs" });
  for (const { name, draw, view } of offered) {
    const panel = element("div", { class: `view ${name}`, hidden: "" });
    panel.addEventListener("shown", () => draw(panel, shown, view), { once: true });
    panels.set(name, panel);
  }
  for (const [name, panel] of panels) {
    tabs.append(tab(name, panel, tabs, panels));
    panel.setAttribute("role", "tabpanel");
    panel.setAttribute("aria-labelledby", `tab-${name}`);
  }
  (table ?? place.lastElementChild ?? place).after(...[...panels.values()].filter((panel) => panel !== table));
  (table ?? [...panels.values()][0]).before(tabs);
  const first = place.dataset.view && panels.has(place.dataset.view) ? place.dataset.view : [...panels.keys()][0];
  show(first, tabs, panels);
}

function tab(name: string, panel: HTMLElement, tabs: HTMLElement, panels: Map<string, HTMLElement>): HTMLElement {
  panel.id ||= `view-${name}`;
  const made = element("button", { type: "button", role: "tab", id: `tab-${name}`, "aria-controls": panel.id }, text(`view_${name}`));
  made.addEventListener("click", () => show(name, tabs, panels));
  made.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step) {
      const names = [...panels.keys()];
      const forward = document.dir === "rtl" ? -step : step;
      const next = names[(names.indexOf(name) + forward + names.length) % names.length];
      show(next, tabs, panels);
      document.getElementById(`tab-${next}`)!.focus();
    }
  });
  return made;
}

function show(name: string, tabs: HTMLElement, panels: Map<string, HTMLElement>): void {
  for (const [one, panel] of panels) {
    const button = tabs.querySelector<HTMLElement>(`#tab-${one}`)!;
    button.ariaSelected = String(one === name);
    button.tabIndex = one === name ? 0 : -1;
    panel.hidden = one !== name;
  }
  panels.get(name)!.dispatchEvent(new Event("shown"));
}

function asBars(shown: Result): View | null {
  const value = shown.columns.find((column) => !isPlace(column) && isNumber(shown, column));
  const label = [isName, isLabel].map((fits) => shown.columns.find((column) => column !== value && fits(shown, column))).find(Boolean);
  if (label && value) {
    return { label, value };
  }
  const repeated = shown.columns.find((column) => isName(shown, column) && repeats(shown, column));
  return repeated ? { label: repeated } : null;
}

function repeats(shown: Result, column: string): boolean {
  const different = new Set(shown.rows.map((row) => cellText(row[column]))).size;
  return different > 1 && different < shown.rows.length && different <= 40;
}

function asDates(shown: Result): View | null {
  const date = shown.columns.find((column) => {
    const values = shown.rows.flatMap((row) => (row[column] ? [row[column].value] : []));
    return values.length > 0 && values.every((value) => /^-?\d{4}(-\d\d){0,2}(T.*)?[?~%]?$/.test(value));
  });
  return date ? { date } : null;
}

function asNetwork(shown: Result): View | null {
  const names = shown.columns.filter((column) => isName(shown, column) && !isNumber(shown, column));
  const [from, to] = [...names].sort((one, other) => Number(KINDS.test(one)) - Number(KINDS.test(other))); // things before kinds
  return from && to ? { from, to } : null;
}

function asMap(shown: Result): View | null {
  const latitude = shown.columns.find((column) => /^lat(itude)?$/i.test(column));
  const longitude = shown.columns.find((column) => /^(lon|lng|long|longitude)$/i.test(column));
  const country = shown.columns.find((column) => /^country$/i.test(column)) ?? "";
  return latitude && longitude ? { latitude, longitude, country } : null;
}
