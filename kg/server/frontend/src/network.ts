// A network of names: each row joins two.

import cytoscape from "cytoscape";
import { leave, names, point } from "./names";
import { element, here, text } from "./page";
import type { Result, Row, View } from "./result";
import { cellText, isName, isNumber, menu, pageOf } from "./result";

const LETTERS = 12.5; // height of letters in pixels
const FEW = 20; // lines beside other things, where a hundred could not be told apart
const USUAL = 60; // lines of a network that has the page for itself
const MOST = 1000; // lines of any network

/** Draw the network, with menus for what it joins. */
export function network(place: HTMLElement, shown: Result, view: View): void {
  const names = shown.columns.filter((column) => isName(shown, column) && !isNumber(shown, column));
  const again = (change: View) => network(place, shown, { ...view, ...change });
  const { lines, nodes } = joined(shown, view);
  const beside = place.closest("[data-only]") !== null;
  const sizes = [30, USUAL, 120, 250].filter((size) => size < lines.size).map(String);
  const menus = element(
    "p",
    { class: "menus" },
    menu(text("view_from"), names, shown.headings, view.from, (from) => again({ from })),
    menu(text("view_to"), names, shown.headings, view.to, (to) => again({ to })),
    ...(sizes.length ? [menu(text("view_most"), [...sizes, String(MOST)], { [MOST]: text("view_all") }, view.most ?? String(lines.size > USUAL ? USUAL : MOST), (most) => again({ most }))] : []),
  );
  const canvas = element("div", { class: "canvas", role: "img", "aria-label": text("view_network_label") });
  place.replaceChildren(...(beside ? [] : [menus]), canvas, ...(beside ? [] : [element("p", { class: "hint" }, text("network_hint"))]));
  const kept = [...lines.values()].slice(0, Number(view.most ?? (beside ? FEW : USUAL)));
  const ends = new Set(kept.flatMap((line) => [line.source, line.target]));
  draw(canvas, kept, [...nodes].filter(([name]) => ends.has(name)));
}

interface Node {
  label: string;
  page: string | null;
  weight: number;
}

interface Line {
  source: string;
  target: string;
  weight: number;
}

/** The names of two columns and the lines between them, the heaviest first. */
function joined(shown: Result, view: View): { nodes: Map<string, Node>; lines: Map<string, Line> } {
  const nodes = new Map<string, Node>();
  const lines = new Map<string, Line>();
  const things = shown.columns.filter((column) => shown.rows.some((row) => row[column]?.value.includes("/entity/")));
  const pages = { [view.from]: things[0], [view.to]: things[1] };
  const page = (row: Row, column: string) => pageOf(row[column]) ?? (things.length === 2 ? pageOf(row[pages[column]]) : null);
  const number = shown.columns.find((column) => isNumber(shown, column));
  for (const row of shown.rows) {
    const [source, target] = [cellText(row[view.from]), cellText(row[view.to])];
    if (source && target && source !== target) {
      const weight = number ? Number(row[number]?.value ?? 1) : 1;
      const key = [source, target].sort().join("\u0000");
      lines.set(key, { source, target, weight: (lines.get(key)?.weight ?? 0) + weight });
      for (const [name, column] of [[source, view.from], [target, view.to]] as const) {
        nodes.set(name, { label: name, page: page(row, column), weight: (nodes.get(name)?.weight ?? 0) + weight });
      }
    }
  }
  const ordered = [...lines].sort(([, one], [, other]) => other.weight - one.weight);
  return { nodes, lines: new Map(ordered) };
}

function draw(canvas: HTMLElement, lines: Line[], nodes: [string, Node][]): void {
  const heaviest = Math.max(...lines.map((line) => line.weight), 1);
  const largest = Math.max(...nodes.map(([, node]) => node.weight), 1);
  const style = getComputedStyle(document.documentElement);
  const colour = (name: string) => style.getPropertyValue(name).trim();
  const graph = cytoscape({
    container: canvas,
    elements: [
      ...nodes.map(([id, { weight, ...rest }]) => ({ data: { id, ...rest, size: 12 + 30 * Math.sqrt(weight / largest) } })),
      ...lines.map(({ weight, ...rest }) => ({ data: { ...rest, width: 1 + (6 * weight) / heaviest, weight } })),
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
      { selector: ".quiet", style: { "text-opacity": 0, "text-outline-opacity": 0 } },
      { selector: "node.near", style: { "text-opacity": 1, "text-outline-opacity": 1, "z-index": 9 } },
      { selector: ".near", style: { "line-color": colour("--accent"), "border-width": 3, "border-color": colour("--ink") } },
      { selector: ".pointed", style: { "border-width": 7 } },
      { selector: ".far", style: { opacity: 0.2 } },
    ] as never,
    layout: { name: "cose", animate: false, randomize: false, nodeRepulsion: () => 300000, idealEdgeLength: () => 80, nodeOverlap: 40, gravity: 0.6, numIter: 2000, padding: 34 } as never,
    userZoomingEnabled: false,
    maxZoom: 3,
  });
  stretch(graph, canvas);
  // Letters and circles keep their size on the screen whatever the layout was shrunk to.
  const zoom = graph.zoom();
  graph.nodes().forEach((node) => {
    node.style({ "font-size": LETTERS / zoom, width: node.data("size") / zoom, height: node.data("size") / zoom, "text-outline-width": 2 / zoom, "text-margin-y": 3 / zoom });
  });
  graph.edges().forEach((edge) => {
    edge.style({ width: edge.data("width") / zoom });
  });
  quieten(graph);
  canvas.addEventListener("wheel", (event) => graph.userZoomingEnabled(event.ctrlKey), { capture: true }); // else a page could not be scrolled past it
  graph.on("mouseover", "node", ({ target }) => point(target));
  graph.on("mouseout", "node", () => leave(graph));
  graph.on("tap", "node", ({ target }) => {
    if (target.data("page")) {
      location.assign(here(target.data("page")));
    }
  });
  canvas.after(names(graph));
}

/** Draw a layout, which knows no width, out to the shape of its canvas. */
function stretch(graph: cytoscape.Core, canvas: HTMLElement): void {
  const box = graph.nodes().boundingBox({ includeLabels: false });
  const factor = (canvas.clientWidth / canvas.clientHeight) / (box.w / box.h);
  if (Number.isFinite(factor) && factor > 1) {
    graph.nodes().positions((node) => ({ x: node.position("x") * factor, y: node.position("y") }));
  }
  graph.fit(undefined, 44);
}

interface Box {
  x1: number;
  x2: number;
  y1: number;
  y2: number;
}

/** Where the name of a node lies on the screen, about. */
function nameBox(node: cytoscape.NodeSingular): Box {
  const { x, y } = node.renderedPosition();
  const [half, top] = [node.data("label").length * LETTERS * 0.29, y + node.data("size") / 2];
  return { x1: x - half, x2: x + half, y1: top + 2, y2: top + LETTERS + 4 };
}

function circleBox(node: cytoscape.NodeSingular): Box {
  const { x, y } = node.renderedPosition();
  const half = node.data("size") / 2;
  return { x1: x - half, x2: x + half, y1: y - half, y2: y + half };
}

/** Leave out names that would lie over weightier nodes or their names; pointing at a node shows its name and its neighbours'. */
function quieten(graph: cytoscape.Core): void {
  const taken: Box[] = [];
  for (const node of graph.nodes().sort((one, other) => other.data("size") - one.data("size"))) {
    const box = nameBox(node);
    taken.push(circleBox(node));
    if (taken.some((one) => one.x1 < box.x2 && box.x1 < one.x2 && one.y1 < box.y2 && box.y1 < one.y2)) {
      node.addClass("quiet");
    } else {
      taken.push(box);
    }
  }
}
