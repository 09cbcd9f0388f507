// A map of places over the outlines of countries; a country is shaded, and no tile is asked of anyone.

import { drawing, element, here, text } from "./page";
import type { Result, Row, View } from "./result";
import { cellText, isName, isNumber, pageOf } from "./result";
import type { Country } from "./world";
import { countries, projected } from "./world";

interface Place {
  at: [number, number];
  name: string;
  page: string | null;
  weight: number;
  outline?: Country;
}

interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

const LEAST = 70; // degrees that the map shows at least
const MARGIN = 12; // degrees around the outermost places
const LETTERS = 13; // height of letters in pixels

/** Draw the map, and again where its width changes. */
export function points(place: HTMLElement, shown: Result, view: View): void {
  const world = countries();
  const { found, lost } = gathered(shown, view, world);
  const map = element("div", { dir: "ltr" });
  const note = lost.length ? [element("p", { class: "hint" }, `${text("no_place")}: `, ...lost.flatMap((name, at) => [at ? "، " : "", element("bdi", {}, name)]))] : [];
  place.replaceChildren(map, ...note);
  let width = 0;
  new ResizeObserver(() => {
    if (map.clientWidth && map.clientWidth !== width) {
      width = map.clientWidth;
      map.replaceChildren(draw(found, world, width));
    }
  }).observe(map);
}

function draw(found: Place[], world: Map<string, Country>, pixels: number): SVGElement {
  const box = bounds(found);
  const scale = box.width / pixels; // letters and circles keep their size whatever the map shows
  const shaded = new Set(found.map((one) => one.outline));
  const land = [...world.values()].filter((one) => !shaded.has(one)).map((one) => drawing("path", { d: one.path }));
  const most = Math.max(...found.map((one) => one.weight));
  const written = labels(found, scale, most);
  return drawing(
    "svg",
    { viewBox: `${box.x} ${box.y} ${box.width} ${box.height}`, class: "world", role: "group", "aria-label": text("view_map") },
    ...land,
    ...found.filter((one) => one.outline).map((one) => mark(one, scale, most, written)),
    ...found.filter((one) => !one.outline).map((one) => mark(one, scale, most, written)),
  );
}

function gathered(shown: Result, view: View, world: Map<string, Country>): { found: Place[]; lost: string[] } {
  const name = shown.columns.find((column) => isName(shown, column)) ?? shown.columns[0];
  const number = shown.columns.find((column) => !Object.values(view).includes(column) && isNumber(shown, column));
  const found = new Map<string, Place>();
  const lost = new Set<string>();
  for (const row of shown.rows) {
    const outline = world.get(row[view.country]?.value ?? "");
    const at = position(row, view) ?? outline?.middle;
    if (at) {
      const key = at.join(" ");
      const weight = (found.get(key)?.weight ?? 0) + (number ? Number(row[number]?.value ?? 1) : 1);
      found.set(key, { at: projected(at), name: cellText(row[name]), page: page(row), weight, outline });
    } else {
      lost.add(cellText(row[name]));
    }
  }
  return { found: [...found.values()].sort((one, other) => other.weight - one.weight), lost: [...lost].filter(Boolean) };
}

function position(row: Row, view: View): [number, number] | null {
  const [longitude, latitude] = [row[view.longitude], row[view.latitude]].map((term) => Number(term?.value ?? NaN));
  return Number.isFinite(longitude) && Number.isFinite(latitude) ? [longitude, latitude] : null;
}

function page(row: Row): string | null {
  return Object.values(row).map(pageOf).find((one) => one?.startsWith("/entity/")) ?? null;
}

/** What of the world is shown: all places with a margin, about twice as wide as high. */
function bounds(found: Place[]): Box {
  const [xs, ys] = [found.map((one) => one.at[0]), found.map((one) => one.at[1])];
  const spans = [Math.max(...xs) - Math.min(...xs), Math.max(...ys) - Math.min(...ys)].map((span) => span + 2 * MARGIN);
  const width = Math.min(300, Math.max(LEAST, spans[0], spans[1] * 1.6));
  const height = Math.max(width / 2, Math.min(175, spans[1]));
  return {
    x: clamped((Math.max(...xs) + Math.min(...xs) - width) / 2, -150, 150 - width),
    y: clamped((Math.max(...ys) + Math.min(...ys) - height) / 2, -88, 88 - height),
    width,
    height,
  };
}

function clamped(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(most, value));
}

function radius(one: Place, scale: number, most: number): number {
  return scale * (5 + 14 * Math.sqrt(one.weight / most));
}

/** The places whose names are written: the weightiest first, none over another. */
function labels(found: Place[], scale: number, most: number): Set<Place> {
  const taken: [number, number, number, number][] = [];
  return new Set(
    found.filter((one) => {
      const [half, top] = [one.name.length * LETTERS * 0.3 * scale, one.at[1] - radius(one, scale, most)];
      const box = [one.at[0] - half, one.at[0] + half, top - LETTERS * 1.3 * scale, top] as [number, number, number, number];
      const free = taken.every(([left, right, upper, lower]) => box[1] < left || box[0] > right || box[3] < upper || box[2] > lower);
      if (free) {
        taken.push(box);
      }
      return free;
    }),
  );
}

function mark(one: Place, scale: number, most: number, written: Set<Place>): SVGElement {
  const [x, y] = one.at;
  const size = radius(one, scale, most);
  const name = `${one.name}: ${one.weight}`;
  const label = drawing("text", { x, y: y - size - scale * 4, "text-anchor": "middle", "font-size": scale * LETTERS, "stroke-width": scale * 3 }, one.name);
  return drawing(
    one.page ? "a" : "g",
    one.page ? { href: here(one.page), "aria-label": name } : { role: "img", "aria-label": name },
    ...(one.outline ? [drawing("path", { d: one.outline.path })] : []),
    drawing("circle", { cx: x, cy: y, r: size }),
    ...(written.has(one) ? [label] : []),
    drawing("title", {}, name),
  );
}
