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
  document.addEventListener("keydown", (event) => event.key === "Escape" && close(card));
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
    fact.closest(".reading")!.querySelectorAll(".chosen").forEach((one) => one.classList.remove("chosen"));
    [fact, ...words].forEach((one) => one.classList.add("chosen"));
    words[0]?.scrollIntoView({ block: "center", behavior: motion() });
  });
}

/** Show the facts that words state: beside the words, or on a sheet below where a finger touched them. */
function watchWords(words: HTMLElement, facts: HTMLElement[], card: HTMLElement): void {
  let touched = false;
  const enter = () => {
    if (!touched && !card.classList.contains("sheet")) {
      tell(facts, card);
      place(card, words);
      show(facts[0]);
    }
  };
  const leave = () => card.classList.contains("sheet") || close(card);
  words.addEventListener("pointerdown", (event) => (touched = event.pointerType === "touch"));
  words.addEventListener("pointerenter", (event) => event.pointerType !== "touch" && enter());
  words.addEventListener("pointerleave", leave);
  words.addEventListener("focus", enter);
  words.addEventListener("blur", leave);
  words.addEventListener("click", (event) => {
    if (touched) {
      event.preventDefault();
      tell(facts, card);
      sheet(card, words, facts);
    }
  });
}

function tell(facts: HTMLElement[], card: HTMLElement): void {
  close(card);
  facts.forEach((fact) => fact.classList.add("told"));
  card.replaceChildren(...facts.map(copy));
  card.hidden = false;
}

/** Bring a fact into view where the facts have a scroll of their own, and leave the page where it is. */
function show(fact: HTMLElement): void {
  const column = fact.closest<HTMLElement>("aside")!;
  if (column.scrollHeight > column.clientHeight) {
    const top = fact.getBoundingClientRect().top - column.getBoundingClientRect().top + column.scrollTop;
    column.scrollTo({ top: top - 16, behavior: motion() });
  }
}

/** Lay the card along the lower edge, with the entity that the words name, the facts' words lit, and a button. */
function sheet(card: HTMLElement, words: HTMLElement, facts: HTMLElement[]): void {
  const button = element("button", { type: "button", class: "close" }, text("close"));
  button.addEventListener("click", () => close(card));
  const named = words.classList.contains("m") ? [element("a", { class: "entity", href: words.getAttribute("href")! }, words.title)] : [];
  card.prepend(button, ...named);
  card.removeAttribute("style");
  card.classList.add("sheet");
  const lit = facts.map((fact) => `.text .${fact.id}`).join();
  document.querySelectorAll(lit).forEach((one) => one.classList.add("lit"));
}

function close(card: HTMLElement): void {
  document.querySelectorAll(".fact.told").forEach((one) => one.classList.remove("told"));
  if (card.classList.contains("sheet")) {
    document.querySelectorAll(".text .lit").forEach((one) => one.classList.remove("lit"));
  }
  card.classList.remove("sheet");
  card.hidden = true;
}

function copy(fact: HTMLElement): HTMLElement {
  const inside = fact.cloneNode(true) as HTMLElement;
  inside.querySelectorAll(".show, .rule").forEach((one) => one.remove());
  return element("div", { class: "fact" }, ...inside.childNodes);
}

function place(card: HTMLElement, words: HTMLElement): void {
  const at = words.getClientRects()[0] ?? words.getBoundingClientRect();
  const top = at.bottom + card.offsetHeight + 12 < innerHeight ? at.bottom + 6 : at.top - card.offsetHeight - 6;
  card.style.top = `${Math.max(4, top) + scrollY}px`;
  card.style.left = `${Math.max(8, Math.min(at.left, innerWidth - card.offsetWidth - 8)) + scrollX}px`;
}

function motion(): ScrollBehavior {
  return matchMedia("(prefers-reduced-motion: reduce)").matches ? "instant" : "smooth";
}
