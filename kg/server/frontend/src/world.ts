// Outlines of the countries of the world: Natural Earth's, public domain, one to 110 million, from the package world-atlas.

import { feature } from "topojson-client";
import atlas from "world-atlas/countries-110m.json";
import { mercator, tiled } from "./tiles";

/** A country as the map draws it: its outline as a path, and the middle of its largest part in degrees. */
export interface Country {
  path: string;
  middle: [number, number];
}

type Ring = [number, number][];

const NAMES: Record<string, string> = {
  "Bosnia and Herz.": "Bosnia and Herzegovina", "Central African Rep.": "Central African Republic", Congo: "Republic of the Congo",
  Czechia: "Czech Republic", "Côte d'Ivoire": "Ivory Coast", "Dem. Rep. Congo": "Democratic Republic of the Congo",
  "Dominican Rep.": "Dominican Republic", "Eq. Guinea": "Equatorial Guinea", "Falkland Is.": "Falkland Islands",
  Macedonia: "North Macedonia", "N. Cyprus": "Northern Cyprus", "S. Sudan": "South Sudan", "Solomon Is.": "Solomon Islands",
  "United States of America": "United States", "W. Sahara": "Western Sahara", eSwatini: "Eswatini",
}; // what the atlas shortens, as our graph has it in English

/** Half the width and height of the map; without tiles it leaves out the ice at its ends. */
export const HALF = tiled ? { width: 180, height: 180 } : { width: 150, height: 88 };

/** Where a place lies on the map: as on the tiles, else in degrees, the east narrowed as it is at 35° north and south. */
export function projected([longitude, latitude]: [number, number]): [number, number] {
  return tiled ? mercator([longitude, latitude]) : [longitude * 0.82, -latitude];
}

/** Every country by its English name. */
export function countries(): Map<string, Country> {
  const world = feature(atlas as never, (atlas as never as { objects: { countries: never } }).objects.countries) as never as {
    features: { properties: { name: string }; geometry: { type: string; coordinates: never } }[];
  };
  const inhabited = world.features.filter(({ properties: { name } }) => name !== "Antarctica"); // its ring runs along the pole
  return new Map(inhabited.map(({ properties: { name }, geometry }) => [NAMES[name] ?? name, country(geometry)]));
}

function country(geometry: { type: string; coordinates: never }): Country {
  const rings = (geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates) as Ring[][];
  const parts = rings.map((part) => part.map(whole));
  const largest = parts.map(([outer]) => outer).reduce((one, other) => (area(one) >= area(other) ? one : other));
  return { path: parts.flat().map(drawn).join(""), middle: middle(largest) };
}

/** A ring that runs on over the 180th meridian, where longitudes begin anew. */
function whole(ring: Ring): Ring {
  let turn = 0;
  return ring.map(([longitude, latitude], at) => {
    const step = at ? longitude - ring[at - 1][0] : 0;
    turn += step > 180 ? -360 : step < -180 ? 360 : 0;
    return [longitude + turn, latitude];
  });
}

function drawn(ring: Ring): string {
  return `M${ring.map((place) => projected(place).map((part) => part.toFixed(1)).join(" ")).join("L")}Z`;
}

function area(ring: Ring): number {
  return Math.abs(turns(ring).reduce((sum, [, , twice]) => sum + twice, 0)) / 2;
}

function middle(ring: Ring): [number, number] {
  const parts = turns(ring);
  const twice = parts.reduce((sum, [, , part]) => sum + part, 0) || 1;
  const [x, y] = [0, 1].map((at) => parts.reduce((sum, part) => sum + part[at] * part[2], 0) / (3 * twice));
  return [x, y];
}

/** For each side of a ring the sums of its ends and twice the area that it spans with the origin. */
function turns(ring: Ring): [number, number, number][] {
  return ring.slice(1).map(([x, y], at) => [ring[at][0] + x, ring[at][1] + y, ring[at][0] * y - x * ring[at][1]]);
}
