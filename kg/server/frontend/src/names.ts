// The names of a network for the keyboard and for screen readers: one stop of Tab, arrows go from name to name.

import type cytoscape from "cytoscape";
import { element, here, text } from "./page";

/** The names, the weightiest first, each a link where it has a page; the one in focus is pointed at in the drawing. */
export function names(graph: cytoscape.Core): HTMLElement {
  const nodes = [...graph.nodes()].sort((one, other) => other.data("size") - one.data("size"));
  const items = nodes.map((node, at) => {
    const page = node.data("page");
    const item = element(page ? "a" : "span", { ...(page ? { href: here(page) } : {}), tabindex: at ? "-1" : "0" }, node.data("label"));
    item.addEventListener("focus", () => show(graph, node));
    item.addEventListener("blur", () => leave(graph));
    return item;
  });
  const list = element("ul", { class: "unseen names", "aria-label": text("network_names") }, ...items.map((item) => element("li", {}, item)));
  list.addEventListener("keydown", (event) => walk(event, items));
  return list;
}

/** Show a node with its neighbours and their ties before all others. */
export function point(node: cytoscape.NodeSingular): void {
  leave(node.cy());
  node.cy().elements().difference(node.closedNeighborhood()).addClass("far");
  node.closedNeighborhood().addClass("near");
  node.addClass("pointed");
}

/** Show all nodes alike. */
export function leave(graph: cytoscape.Core): void {
  graph.elements().removeClass("far near pointed");
}

function show(graph: cytoscape.Core, node: cytoscape.NodeSingular): void {
  const { x, y } = node.renderedPosition();
  if (x < 0 || y < 0 || x > graph.width() || y > graph.height()) {
    graph.center(node);
  }
  point(node);
}

function walk(event: KeyboardEvent, items: HTMLElement[]): void {
  const at = items.indexOf(event.target as HTMLElement);
  const forward = document.dir === "rtl" ? -1 : 1;
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, ArrowRight: at + forward, ArrowLeft: at - forward, Home: 0, End: items.length - 1 }[event.key];
  if (to !== undefined) {
    event.preventDefault();
    items[at].tabIndex = -1;
    const next = items[(to + items.length) % items.length];
    next.tabIndex = 0;
    next.focus({ preventScroll: true });
  }
}
