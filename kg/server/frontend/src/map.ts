// A map of places over the outlines of countries, a country shaded, and over tiles where the operator set them.

import type { Box, Outlook } from "./outlook";
import { Steering } from "./outlook";
import { drawing, element, here, text } from "./page";
import type { Result, Row, View } from "./result";
import { cellText, isName, isNumber, pageOf } from "./result";
import { credits, NEAREST_TILED, tiled, tiling } from "./tiles";
import type { Country } from "./world";
import { countries, HALF, projected } from "./world";

interface Place {
  at: [number, number];
  name: string;
  page: string | null;
  weight: number;
  outline?: Country;
}

/** A place on the map: its link or group, and what of it keeps its size on the screen. */
interface Mark {
  place: Place;
  drawn: SVGElement;
  sign: SVGElement;
}

const LEAST = 70; // degrees that the map shows at least when it opens
const NEAREST = 0.006; // degrees of a pixel, which is about as fine as the outlines are
const MARGIN = 12; // degrees around the outermost places
const LETTERS = 13; // height of letters in pixels

/** Draw the map, to be moved and zoomed. */
export function points(place: HTMLElement, shown: Result, view: View): void {
  const world = countries();
  const { found, lost } = gathered(shown, view, world);
  const box = bounds(found);
  const marks = drawnMarks(found);
  const tiles = drawing("g", { class: "tiles" });
  const canvas = drawing(
    "svg",
    { class: tiled ? "world tiled" : "world", role: "group", "aria-label": text("view_map"), tabindex: 0, style: `aspect-ratio: ${box.width} / ${box.height}` },
    ...land(found, world),
    tiles,
    ...marks.map(({ drawn }) => drawn),
  );
  const [lay, resize] = [tiling(canvas, tiles), resizing(marks)];
  const steering = new Steering(canvas, box, { ...HALF, least: tiled ? NEAREST_TILED : NEAREST }, (seen) => {
    lay(seen);
    resize(seen);
  });
  for (const { drawn, place: { at } } of marks) {
    drawn.addEventListener("focusin", () => steering.reveal(...at));
  }
  const note = lost.length ? [element("p", { class: "hint" }, `${text("no_place")}: `, ...lost.flatMap((name, at) => [at ? "، " : "", element("bdi", {}, name)]))] : [];
  place.replaceChildren(steering.buttons(), element("div", { dir: "ltr", class: "framed" }, canvas, ...credits()), element("p", { class: "hint" }, text("steering_hint")), ...note);
  let width = 0;
  new ResizeObserver(() => {
    if (canvas.clientWidth && canvas.clientWidth !== width) {
      width = canvas.clientWidth;
      steering.resize();
    }
  }).observe(canvas);
}

/** The countries without a place of their own. */
function land(found: Place[], world: Map<string, Country>): SVGElement[] {
  const shaded = new Set(found.map((one) => one.outline));
  return [...world.values()].filter((one) => !shaded.has(one)).map((one) => drawing("path", { d: one.path }));
}

/** The places, those with an outline below the others. */
function drawnMarks(found: Place[]): Mark[] {
  const most = Math.max(...found.map((one) => one.weight));
  const ordered = [...found].sort((one, other) => Number(!one.outline) - Number(!other.outline));
  return ordered.map((one) => mark(one, radius(one, most)));
}

/** What gives marks their size anew where the scale has changed, and writes the names that there is room for. */
function resizing(marks: Mark[]): (seen: Outlook) => void {
  const places = marks.map(({ place }) => place).sort((one, other) => other.weight - one.weight);
  const most = Math.max(...places.map((one) => one.weight));
  let last = 0;
  return ({ scale }) => {
    if (scale !== last) {
      last = scale;
      const written = labels(places, scale, most);
      for (const { place, sign } of marks) {
        sign.setAttribute("transform", `translate(${place.at.join(" ")}) scale(${scale})`);
        sign.classList.toggle("nameless", !written.has(place));
      }
    }
  };
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

/** What of the world is shown at first: all places with a margin, about twice as wide as high. */
function bounds(found: Place[]): Box {
  const [xs, ys] = [found.map((one) => one.at[0]), found.map((one) => one.at[1])];
  const [[left, right], [top, bottom]] = [xs, ys].map((all) => [Math.min(...all) - MARGIN, Math.max(...all) + MARGIN]);
  const width = Math.min(2 * HALF.width, Math.max(LEAST, right - left, (bottom - top) * 1.6));
  const height = Math.max(width / 2, Math.min(2 * HALF.height, bottom - top));
  return { x: (left + right - width) / 2, y: (top + bottom - height) / 2, width, height };
}

/** The radius of a place in pixels. */
function radius(one: Place, most: number): number {
  return 5 + 14 * Math.sqrt(one.weight / most);
}

/** The places whose names are written: the weightiest first, none over another. */
function labels(found: Place[], scale: number, most: number): Set<Place> {
  const taken: [number, number, number, number][] = [];
  return new Set(
    found.filter((one) => {
      const [half, top] = [one.name.length * LETTERS * 0.3 * scale, one.at[1] - radius(one, most) * scale];
      const box = [one.at[0] - half, one.at[0] + half, top - LETTERS * 1.3 * scale, top] as [number, number, number, number];
      const free = taken.every(([left, right, upper, lower]) => box[1] < left || box[0] > right || box[3] < upper || box[2] > lower);
      if (free) {
        taken.push(box);
      }
      return free;
    }),
  );
}

function mark(place: Place, size: number): Mark {
  const name = `${place.name}: ${place.weight}`;
  const label = drawing("text", { y: -size - 4, "text-anchor": "middle", "font-size": LETTERS, "stroke-width": 3 }, place.name);
  const sign = drawing("g", {}, drawing("circle", { r: size }), label);
  const drawn = drawing(
    place.page ? "a" : "g",
    place.page ? { href: here(place.page), "aria-label": name } : { role: "img", "aria-label": name },
    ...(place.outline ? [drawing("path", { d: place.outline.path })] : []),
    sign,
    drawing("title", {}, name),
  );
  return { place, drawn, sign };
}
