// Pictures under the map, in Web Mercator, from the one server of tiles that the operator named; without it there are none.

import { clamped, drawing, element } from "./page";
import type { Outlook } from "./outlook";

const { tiles: template, credit } = document.body.dataset;
const PIXELS = 256; // sides of a tile
const DEEPEST = 12; // level of zoom: beyond it an SVG's numbers are too coarse
const SEAM = 0.5; // pixels that tiles overlap, else light shows between them

/** Whether there are tiles. */
export const tiled = template !== undefined;

/** Degrees of a pixel where the deepest tiles have their own size. */
export const NEAREST_TILED = 360 / (PIXELS * 2 ** DEEPEST);

/** Where degrees lie on the plane of the tiles, whose sides are 360 long. */
export function mercator([longitude, latitude]: [number, number]): [number, number] {
  const north = Math.tan(Math.PI / 4 + (clamped(latitude, -85, 85) * Math.PI) / 360);
  return [longitude, (-Math.log(north) * 180) / Math.PI];
}

/** Whom the tiles are credited to. */
export function credits(): HTMLElement[] {
  return credit ? [element("p", { class: "credit" }, element("bdi", {}, credit))] : [];
}

/** What draws the tiles that are seen into a layer; where one does not come, the outlines under it are seen. */
export function tiling(canvas: SVGElement, layer: SVGElement): (seen: Outlook) => void {
  const laid = new Map<string, SVGElement>();
  return (seen) => {
    const wanted = tiled ? seenTiles(seen, canvas.clientWidth, canvas.clientHeight) : [];
    for (const key of [...laid.keys()].filter((one) => !wanted.includes(one))) {
      laid.get(key)!.remove();
      laid.delete(key);
    }
    for (const key of wanted.filter((one) => !laid.has(one))) {
      laid.set(key, tile(key, seen.scale));
      layer.append(laid.get(key)!);
    }
  };
}

/** The tiles that are seen, each as its level, column and row. */
function seenTiles({ x, y, scale }: Outlook, width: number, height: number): string[] {
  const level = clamped(Math.round(Math.log2(360 / (scale * PIXELS))), 0, DEEPEST);
  const side = 360 / 2 ** level;
  const range = (middle: number, pixels: number) => {
    const [first, last] = [-1, 1].map((end) => clamped(Math.floor((middle + (end * pixels * scale) / 2 + 180) / side), 0, 2 ** level - 1));
    return Array.from({ length: last - first + 1 }, (_, at) => first + at);
  };
  return range(x, width).flatMap((column) => range(y, height).map((row) => `${level}/${column}/${row}`));
}

function tile(key: string, scale: number): SVGElement {
  const [level, column, row] = key.split("/").map(Number);
  const side = 360 / 2 ** level;
  const size = side + SEAM * scale;
  const href = template!.replace("{z}", String(level)).replace("{x}", String(column)).replace("{y}", String(row));
  const made = drawing("image", { href, x: column * side - 180, y: row * side - 180, width: size, height: size, preserveAspectRatio: "none" });
  made.addEventListener("error", () => made.setAttribute("visibility", "hidden"));
  return made;
}
