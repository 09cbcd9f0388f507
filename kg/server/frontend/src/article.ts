// Facts and words of an article light each other up: by pointer, by keyboard, by touch.

import { element, text } from "./page";

/** Join the facts to their words. */
export function start([reading]: HTMLElement[]): void {
  const card = element("div", { class: "card", role: "status", "aria-live": "polite", hidden: "" });
  document.body.append(card);
  const facts = new Map([...reading.querySelectorAll<HTMLElement>(".fact")].map((fact) => [fact.id, fact]));
  facts.forEach((fact, id) => watchFact(fact, [...reading.querySelectorAll<HTMLElement>(`.text .${id}`)]));
  for (const words of reading.querySelectorAll<HTMLElement>(".text [data-facts]")) {
    watchWords(words, words.dataset.facts!.split(" ").map((id) => facts.get(id)!).filter(Boolean), card);
  }
  document.addEventListener("keydown", (event) => event.key === "Escape" && (card.hidden = true));
}

/** Light up the words of a fact, and bring them into view where the fact is chosen. */
function watchFact(fact: HTMLElement, words: HTMLElement[]): void {
  const light = (on: boolean) => words.forEach((one) => one.classList.toggle("lit", on));
  fact.addEventListener("pointerenter", () => light(true));
  fact.addEventListener("pointerleave", () => light(false));
  fact.addEventListener("focusin", () => light(true));
  fact.addEventListener("focusout", () => light(false));
  fact.querySelector(".show")?.addEventListener("click", (event) => {
    event.preventDefault();
    history.replaceState(null, "", `#${fact.id}`);
    reading(fact).forEach((one) => one.classList.remove("chosen"));
    fact.classList.add("chosen");
    words.forEach((one) => one.classList.add("chosen"));
    words[0]?.scrollIntoView({ block: "center", behavior: motion() });
  });
}

function reading(fact: HTMLElement): NodeListOf<HTMLElement> {
  return fact.closest(".reading")!.querySelectorAll<HTMLElement>(".chosen");
}

/** Show the facts that words state, beside the words. */
function watchWords(words: HTMLElement, facts: HTMLElement[], card: HTMLElement): void {
  const enter = () => {
    facts.forEach((fact) => fact.classList.add("told"));
    card.replaceChildren(...facts.map(copy));
    place(card, words);
  };
  const leave = () => {
    facts.forEach((fact) => fact.classList.remove("told"));
    card.hidden = true;
  };
  words.addEventListener("pointerenter", enter);
  words.addEventListener("pointerleave", leave);
  words.addEventListener("focus", enter);
  words.addEventListener("blur", leave);
}

function copy(fact: HTMLElement): HTMLElement {
  const inside = fact.cloneNode(true) as HTMLElement;
  inside.querySelectorAll(".show, .rule").forEach((one) => one.remove());
  const made = element("div", { class: `fact ${fact.dataset.factuality ?? ""}` }, ...inside.childNodes);
  made.setAttribute("aria-label", text("facts"));
  return made;
}

function place(card: HTMLElement, words: HTMLElement): void {
  card.hidden = false;
  const at = words.getClientRects()[0] ?? words.getBoundingClientRect();
  const top = at.bottom + card.offsetHeight + 12 < innerHeight ? at.bottom + 6 : at.top - card.offsetHeight - 6;
  card.style.top = `${Math.max(4, top) + scrollY}px`;
  card.style.left = `${Math.max(8, Math.min(at.left, innerWidth - card.offsetWidth - 8)) + scrollX}px`;
}

function motion(): ScrollBehavior {
  return matchMedia("(prefers-reduced-motion: reduce)").matches ? "instant" : "smooth";
}
