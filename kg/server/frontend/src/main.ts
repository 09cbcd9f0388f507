// What a page does beyond plain HTML: each part is loaded only where the page has something for it.

const parts: [string, () => Promise<{ start: (elements: HTMLElement[]) => void }>][] = [
  ["textarea#query", () => import("./editor")],
  ["[data-json]", () => import("./views")],
  [".reading", () => import("./article")],
  ["input[data-complete]", () => import("./complete")],
  ["[data-copy]", () => import("./share")],
  ["[data-filter]", () => import("./filter")],
];

for (const [selector, load] of parts) {
  const elements = [...document.querySelectorAll<HTMLElement>(selector)];
  if (elements.length) {
    load().then((part) => part.start(elements), console.error);
  }
}
