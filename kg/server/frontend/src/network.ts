// A network of names: each row joins two.

import cytoscape from "cytoscape";
import { element, text } from "./page";
import type { Result, Row, View } from "./result";
import { cellText, isName, isNumber, menu, pageOf } from "./result";

const MOST = 400; // lines on the page

/** Draw the network, with menus for what it joins. */
export function network(place: HTMLElement, shown: Result, view: View): void {
  const names = shown.columns.filter((column) => isName(shown, column) && !isNumber(shown, column));
  const again = (change: View) => network(place, shown, { ...view, ...change });
  const menus = element(
    "p",
    { class: "menus" },
    menu(text("view_from"), names, view.from, (from) => again({ from })),
    menu(text("view_to"), names, view.to, (to) => again({ to })),
  );
  const canvas = element("div", { class: "canvas", role: "img", "aria-label": text("view_network_label") });
  place.replaceChildren(menus, canvas);
  draw(canvas, shown, view);
}

function draw(canvas: HTMLElement, shown: Result, view: View): void {
  const nodes = new Map<string, { label: string; page: string | null; weight: number }>();
  const lines = new Map<string, { source: string; target: string; weight: number }>();
  const things = shown.columns.filter((column) => shown.rows.some((row) => row[column]?.value.includes("/entity/")));
  const pages = { [view.from]: things[0], [view.to]: things[1] };
  const page = (row: Row, column: string) => pageOf(row[column]) ?? (things.length === 2 ? pageOf(row[pages[column]]) : null);
  const number = shown.columns.find((column) => isNumber(shown, column));
  for (const row of shown.rows) {
    const [source, target] = [cellText(row[view.from]), cellText(row[view.to])];
    if (source && target && source !== target && lines.size < MOST) {
      const weight = number ? Number(row[number]?.value ?? 1) : 1;
      const key = [source, target].sort().join("\u0000");
      lines.set(key, { source, target, weight: (lines.get(key)?.weight ?? 0) + weight });
      for (const [name, column] of [[source, view.from], [target, view.to]] as const) {
        nodes.set(name, { label: name, page: page(row, column), weight: (nodes.get(name)?.weight ?? 0) + weight });
      }
    }
  }
  const heaviest = Math.max(...[...lines.values()].map((line) => line.weight), 1);
  const largest = Math.max(...[...nodes.values()].map((node) => node.weight), 1);
  const style = getComputedStyle(document.documentElement);
  const colour = (name: string) => style.getPropertyValue(name).trim();
  const graph = cytoscape({
    container: canvas,
    elements: [
      ...[...nodes].map(([id, { weight, ...rest }]) => ({ data: { id, ...rest, size: 14 + 34 * Math.sqrt(weight / largest) } })),
      ...[...lines.values()].map(({ weight, ...rest }) => ({ data: { ...rest, width: 1 + (6 * weight) / heaviest, weight } })),
    ],
    style: [
      {
        selector: "node",
        style: {
          label: "data(label)", width: "data(size)", height: "data(size)", "background-color": colour("--accent"),
          color: colour("--ink"), "font-size": 13, "font-family": "system-ui, Noto Sans Arabic, sans-serif",
          "text-valign": "bottom", "text-margin-y": 4, "text-outline-color": colour("--paper"), "text-outline-width": 2,
        },
      },
      { selector: "edge", style: { width: "data(width)", "line-color": colour("--line"), "curve-style": "straight" } },
      { selector: ".near", style: { "line-color": colour("--accent"), "border-width": 3, "border-color": colour("--ink") } },
      { selector: ".far", style: { opacity: 0.2 } },
    ] as never,
    layout: { name: "cose", animate: false, randomize: false, nodeRepulsion: () => 400000, idealEdgeLength: () => 110, nodeOverlap: 40, gravity: 0.4, numIter: 2000, padding: 30 } as never,
    wheelSensitivity: 0.3,
    maxZoom: 2.5,
  });
  graph.on("mouseover", "node", ({ target }) => {
    graph.elements().difference(target.closedNeighborhood()).addClass("far");
    target.closedNeighborhood().addClass("near");
  });
  graph.on("mouseout", "node", () => graph.elements().removeClass("far near"));
  graph.on("tap", "node", ({ target }) => {
    if (target.data("page")) {
      location.assign(target.data("page"));
    }
  });
}
