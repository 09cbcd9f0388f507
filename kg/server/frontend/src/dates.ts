// A timeline of rows: a strip that shows how many fall into each year, month or day, and the rows below, by date.

import { drawing, element, text } from "./page";
import type { Result, Row, View } from "./result";
import { cellText, isName, shownTerm } from "./result";

const HEIGHT = 60;
const WIDTH = 800;

/** Draw the strip and the list. */
export function dated(place: HTMLElement, shown: Result, view: View): void {
  const rows = shown.rows.filter((row) => row[view.date]);
  rows.sort((one, other) => one[view.date]!.value.localeCompare(other[view.date]!.value));
  const left = shown.rows.length - rows.length;
  const note = left ? [element("p", {}, `${text("undated")}: ${left}`)] : [];
  place.replaceChildren(strip(rows, view.date), list(rows, shown, view.date), ...note);
}

/** How many rows fall into each step of time, oldest at the left as on every time line. */
export function strip(rows: Row[], date: string): SVGElement {
  const days = rows.map((row) => Date.parse(whole(row[date]!.value)));
  const [first, last] = [Math.min(...days), Math.max(...days)];
  const bins = new Array<number>(80).fill(0);
  for (const day of days) {
    bins[last > first ? Math.round(((day - first) / (last - first)) * (bins.length - 1)) : 40] += 1;
  }
  const most = Math.max(...bins);
  const step = WIDTH / bins.length;
  const drawn = bins.map((count, place) => {
    const height = (HEIGHT * count) / most;
    return drawing("rect", { x: place * step, y: HEIGHT - height, width: step - 1, height });
  });
  const ends = [year(first), year(last)].map((name, end) =>
    drawing("text", { x: end * WIDTH, y: HEIGHT + 16, "text-anchor": end ? "end" : "start" }, name),
  );
  const label = `${rows.length} · ${year(first)} – ${year(last)}`;
  return drawing(
    "svg",
    { viewBox: `0 0 ${WIDTH} ${HEIGHT + 20}`, role: "img", "aria-label": label, class: "strip", direction: "ltr" },
    ...drawn,
    ...ends,
  );
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
