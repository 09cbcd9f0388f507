// A map of points over lines of latitude and longitude; tiles lie below only where the operator names a source.

import { drawing, element, text } from "./page";
import type { Result, Row, View } from "./result";
import { cellText, isName, isNumber, pageOf } from "./result";

interface Point {
  x: number;
  y: number;
  name: string;
  page: string | null;
  weight: number;
}

const LEAST = 10; // degrees that the map shows at least

/** Draw the map. */
export function points(place: HTMLElement, shown: Result, view: View): void {
  const found = gathered(shown, view);
  const box = bounds(found);
  const scale = box.width / 100; // letters and lines keep their size whatever the map shows
  const drawn = drawing(
    "svg",
    { viewBox: `${box.x} ${box.y} ${box.width} ${box.height}`, class: "world", role: "group", "aria-label": text("view_map") },
    ...graticule(box, scale),
    ...found.map((point) => mark(point, scale, Math.max(...found.map((one) => one.weight)))),
  );
  place.replaceChildren(element("div", { dir: "ltr" }, drawn));
}

function gathered(shown: Result, view: View): Point[] {
  const name = shown.columns.find((column) => isName(shown, column)) ?? shown.columns[0];
  const number = shown.columns.find((column) => !Object.values(view).includes(column) && isNumber(shown, column));
  const found = new Map<string, Point>();
  for (const row of shown.rows) {
    const [x, y] = [Number(row[view.longitude]?.value), -Number(row[view.latitude]?.value)];
    if (Number.isFinite(x) && Number.isFinite(y)) {
      const key = `${x} ${y}`;
      const weight = (found.get(key)?.weight ?? 0) + (number ? Number(row[number]?.value ?? 1) : 1);
      found.set(key, { x, y, name: cellText(row[name]), page: page(row), weight });
    }
  }
  return [...found.values()].sort((one, other) => other.weight - one.weight);
}

function page(row: Row): string | null {
  return Object.values(row).map(pageOf).find((one) => one?.startsWith("/entity/")) ?? null;
}

function bounds(found: Point[]): { x: number; y: number; width: number; height: number } {
  const [xs, ys] = [found.map((point) => point.x), found.map((point) => point.y)];
  const margin = 8;
  const x = Math.max(-180, Math.min(...xs) - margin);
  const y = Math.max(-90, Math.min(...ys) - margin);
  const width = Math.max(LEAST, Math.min(180, Math.max(...xs) + margin) - x);
  const height = Math.max(LEAST, Math.min(90, Math.max(...ys) + margin) - y, width / 3);
  return { x, y, width, height };
}

function graticule(box: { x: number; y: number; width: number; height: number }, scale: number): SVGElement[] {
  const step = box.width > 120 ? 30 : box.width > 40 ? 10 : 5;
  const lines: SVGElement[] = [];
  const steps = (from: number, to: number) =>
    Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, at) => Math.ceil(from / step) * step + at * step).filter((one) => one <= to);
  for (const x of steps(box.x, box.x + box.width)) {
    lines.push(drawing("line", { x1: x, x2: x, y1: box.y, y2: box.y + box.height, class: x === 0 ? "line zero" : "line" }));
    lines.push(degrees(x + scale * 0.3, box.y + box.height - scale * 0.5, `${Math.abs(x)}°${x > 0 ? "E" : x < 0 ? "W" : ""}`, scale));
  }
  for (const y of steps(box.y, box.y + box.height)) {
    lines.push(drawing("line", { y1: y, y2: y, x1: box.x, x2: box.x + box.width, class: y === 0 ? "line zero" : "line" }));
    lines.push(degrees(box.x + scale * 0.3, y - scale * 0.3, `${Math.abs(y)}°${y < 0 ? "N" : y > 0 ? "S" : ""}`, scale));
  }
  lines.forEach((line) => line.tagName === "line" && line.setAttribute("stroke-width", String(scale * 0.1)));
  return lines;
}

function degrees(x: number, y: number, name: string, scale: number): SVGElement {
  return drawing("text", { x, y, class: "degrees", "font-size": scale * 1.3 }, name);
}

function mark(point: Point, scale: number, most: number): SVGElement {
  const radius = scale * (0.6 + 1.6 * Math.sqrt(point.weight / most));
  const circle = drawing("circle", { cx: point.x, cy: point.y, r: radius }, drawing("title", {}, `${point.name}: ${point.weight}`));
  const label = drawing("text", { x: point.x, y: point.y - radius - scale * 0.4, "text-anchor": "middle", "font-size": scale * 1.8 }, point.name);
  const link = drawing(point.page ? "a" : "g", point.page ? { href: point.page } : {}, circle, label);
  return link;
}
