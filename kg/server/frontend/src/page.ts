// What every part shares: the texts in the page's language, elements, and our own search.

const texts: Record<string, string> = JSON.parse(document.body.dataset.texts ?? "{}");

/** The text of a key in the page's language. */
export function text(key: string): string {
  return texts[key] ?? key;
}

/** The language of the page. */
export const language = document.documentElement.lang;

/** The address of another page of ours, in the language that the reader chose where the address says so. */
export function here(path: string): string {
  const chosen = new URLSearchParams(location.search).get("lang");
  const [bare, place] = path.split("#");
  return chosen ? `${bare}?lang=${encodeURIComponent(chosen)}${place ? `#${place}` : ""}` : path;
}

/** A number, or the end of a range that it lies beyond. */
export function clamped(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(most, value));
}

type Child = Node | string;

/** An element with attributes and children. */
export function element<K extends keyof HTMLElementTagNameMap>(
  name: K,
  attributes: Record<string, string> = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    made.setAttribute(key, value);
  }
  made.append(...children);
  return made;
}

/** An element of SVG with attributes and children. */
export function drawing(name: string, attributes: Record<string, string | number> = {}, ...children: Child[]): SVGElement {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) {
    made.setAttribute(key, String(value));
  }
  made.append(...children);
  return made;
}

/** Something that a search found. */
export interface Hit {
  kind: string;
  iri: string;
  name: string;
  page: string | null;
  label: string;
  text: string;
}

/** What the search of this server finds for some words. */
export async function search(words: string, kinds: string[], limit = 12): Promise<Hit[]> {
  const asked = new URLSearchParams({ q: words, format: "json", lang: language, limit: String(limit) });
  kinds.forEach((kind) => asked.append("kind", kind));
  const answer = await fetch(`/search?${asked}`);
  return answer.ok ? (await answer.json()).hits : [];
}
