// Bars: a value for each name, or how often a name occurs.

import { element, text } from "./page";
import type { Result, View } from "./result";
import { cellText, isLabel, isNumber, menu } from "./result";

const MOST = 60; // bars on the page

/** Draw bars, with menus for what they show. */
export function bars(place: HTMLElement, shown: Result, view: View): void {
  const names = shown.columns.filter((column) => isLabel(shown, column));
  const numbers = shown.columns.filter((column) => isNumber(shown, column));
  const again = (change: View) => bars(place, shown, { ...view, ...change });
  const menus = [menu(text("view_label"), names, shown.headings, view.label, (label) => again({ label }))];
  if (view.value) {
    menus.push(menu(text("view_value"), numbers, shown.headings, view.value, (value) => again({ value })));
  }
  place.replaceChildren(element("p", { class: "menus" }, ...menus), list(sums(shown, view)));
}

function sums(shown: Result, view: View): [string, number][] {
  const found = new Map<string, number>();
  for (const row of shown.rows) {
    const name = cellText(row[view.label]);
    const value = view.value ? Number(row[view.value]?.value ?? 0) : 1;
    found.set(name, (found.get(name) ?? 0) + value);
  }
  return [...found].filter(([name]) => name).sort((one, other) => other[1] - one[1]).slice(0, MOST);
}

function list(found: [string, number][]): HTMLElement {
  const most = Math.max(...found.map(([, value]) => value), 1e-9);
  const rows = found.map(([name, value]) => {
    const bar = element("span", { class: "bar", "aria-hidden": "true" });
    bar.style.inlineSize = `${Math.max(0, (100 * value) / most)}%`;
    return element("li", {}, element("bdi", {}, name), element("span", { class: "track" }, bar), element("b", {}, String(value)));
  });
  return element("ol", { class: "chart" }, ...rows);
}
