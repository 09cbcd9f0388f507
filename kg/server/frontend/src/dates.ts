// A timeline of rows: a strip that shows how many fall into each year, month or day, and the rows below, by date.

import { drawing, element, text } from "./page";
import type { Result, Row, View } from "./result";
import { cellText, isName, shownTerm } from "./result";

const HEIGHT = 60;
const USUAL = 800; // pixels, where a page is not laid out yet

/** Draw the strip and the list. */
export function dated(place: HTMLElement, shown: Result, view: View): void {
  const rows = shown.rows.filter((row) => row[view.date]);
  rows.sort((one, other) => one[view.date]!.value.localeCompare(other[view.date]!.value));
  const left = shown.rows.length - rows.length;
  const note = left ? [element("p", {}, `${text("undated")}: ${left}`)] : [];
  place.replaceChildren(strip(rows, view.date, place.clientWidth || USUAL), list(rows, shown, view.date), ...note);
}

/** How many rows fall into each step of time, oldest at the left as on every time line. */
export function strip(rows: Row[], date: string, width: number): SVGElement {
  const days = rows.map((row) => Date.parse(whole(row[date]!.value)));
  const [first, last] = [Math.min(...days), Math.max(...days)];
  const bins = new Array<number>(80).fill(0);
  for (const day of days) {
    bins[last > first ? Math.round(((day - first) / (last - first)) * (bins.length - 1)) : 40] += 1;
  }
  const most = Math.max(...bins);
  const step = width / bins.length;
  const drawn = bins.map((count, place) => {
    const height = (HEIGHT * count) / most;
    return drawing("rect", { x: place * step, y: HEIGHT - height, width: step - 1, height }, drawing("title", {}, String(count)));
  });
  const label = `${rows.length} · ${year(first)} – ${year(last)}`;
  return drawing(
    "svg",
    { viewBox: `0 0 ${width} ${HEIGHT + 20}`, role: "img", "aria-label": label, class: "strip", direction: "ltr" },
    drawing("line", { x1: 0, x2: width, y1: HEIGHT, y2: HEIGHT }),
    ...drawn,
    ...ticks(first, last, width),
  );
}

/** Years below the strip, as many as there is room for; the two ends where all lies within a year or two. */
function ticks(first: number, last: number, width: number): SVGElement[] {
  const [from, to] = [first, last].map((day) => new Date(day).getUTCFullYear());
  const step = [1, 2, 5, 10, 25, 50, 100, 500].find((one) => (to - from) / one <= 12) ?? 1000;
  const years = Array.from({ length: to - from + 1 }, (_, at) => from + at).filter((one) => one % step === 0 && Date.UTC(one) >= first);
  const found = years.length > 1 ? years.map((one) => [Date.UTC(one), String(one)] as const) : [[first, year(first)] as const, [last, year(last)] as const];
  return found.map(([day, name]) => {
    const part = last > first ? (day - first) / (last - first) : 0;
    const side = part < 0.03 ? "start" : part > 0.97 ? "end" : "middle";
    return drawing("text", { x: part * width, y: HEIGHT + 15, "text-anchor": side }, name);
  });
}

function list(rows: Row[], shown: Result, date: string): HTMLElement {
  const others = shown.columns.filter((column) => column !== date);
  const names = others.filter((column) => isName(shown, column)).slice(0, 4);
  const link = others.find((column) => rows.some((row) => row[column]?.type === "uri" && /\/event\//.test(row[column]!.value)));
  const items = rows.map((row) => {
    const words = names.map((column) => cellText(row[column])).filter(Boolean).join(" · ");
    const told = link ? shownTerm(row[link], words) : shownTerm({ type: "literal", value: words });
    return element("li", {}, element("time", {}, element("bdi", { dir: "ltr" }, row[date]!.value)), " ", told);
  });
  return element("ol", { class: "timeline" }, ...items);
}

/** A date to the day: the first one that a shorter date covers. */
function whole(date: string): string {
  return date.replace(/[?~%]/g, "").slice(0, 10) + "-01-01".slice(date.length - 4 < 0 ? 0 : Math.min(date.length - 4, 6));
}

function year(day: number): string {
  return Number.isFinite(day) ? new Date(day).toISOString().slice(0, 10) : "";
}
