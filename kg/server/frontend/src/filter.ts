// A field above a long list that leaves the items with the words written in it.

import { element, text } from "./page";

/** Give each list its field. */
export function start(lists: HTMLElement[]): void {
  lists.forEach(attach);
}

function attach(list: HTMLElement): void {
  const name = list.dataset.filter!;
  const field = element("input", { type: "search", placeholder: name, "aria-label": name, class: "filter" });
  const told = element("p", { class: "unseen", role: "status" });
  list.before(field, told);
  field.addEventListener("input", () => {
    const words = plain(field.value).split(/\s+/);
    const items = [...list.children] as HTMLElement[];
    items.forEach((item) => (item.hidden = !words.every((word) => plain(item.textContent ?? "").includes(word))));
    told.textContent = `${items.filter((item) => !item.hidden).length} ${text("more_queries")}`;
  });
}

/** Letters without case and marks. */
function plain(words: string): string {
  return words.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().trim();
}
