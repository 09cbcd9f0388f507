// A result as the JSON of SPARQL has it, and what its columns hold.

import { element, here } from "./page";

export interface Term {
  type: "uri" | "literal" | "bnode" | "triple";
  value: string;
  datatype?: string;
}

export type Row = Record<string, Term | undefined>;

export interface Result {
  columns: string[];
  rows: Row[];
  headings: Record<string, string>;
}

/** Which columns a look uses, by the part they play. */
export type View = Record<string, string>;

const MOST = 5000; // rows that a look draws
const NUMBERS = /#(integer|decimal|double|float|int|long)$/;
const LONGEST_NAME = 70;

/** The rows of an answer; `table` is the one on the page, which says what its columns are called. */
export function result(answer: { head: { vars: string[] }; results: { bindings: Row[] } }, table: HTMLElement): Result {
  const cells = [...table.querySelectorAll<HTMLElement>("th[data-column]")];
  const headings = Object.fromEntries(cells.map((cell) => [cell.dataset.column!, cell.innerText.replace(/\s*[▲▼]$/, "")]));
  return { columns: answer.head.vars, rows: answer.results.bindings.slice(0, MOST), headings };
}

/** Whether every value of a column is a number. */
export function isNumber(shown: Result, column: string): boolean {
  const terms = values(shown, column);
  return terms.length > 0 && terms.every((term) => NUMBERS.test(term.datatype ?? ""));
}

/** Whether a column names things: short, no numbers, no dates. */
export function isName(shown: Result, column: string): boolean {
  const terms = values(shown, column);
  return terms.length > 0 && terms.every((term) => isThing(term) || isShort(term));
}

/** Whether bars can be named by a column: names, or whatever has an address. */
export function isLabel(shown: Result, column: string): boolean {
  const terms = values(shown, column);
  return isName(shown, column) || (terms.length > 0 && terms.every((term) => term.type === "uri"));
}

/** Whether a column is half of a position. */
export function isPlace(column: string): boolean {
  return /^(lat(itude)?|lon|lng|long|longitude)$/i.test(column);
}

function isThing(term: Term): boolean {
  return term.type === "uri" && term.value.includes("/entity/");
}

function isShort(term: Term): boolean {
  const digits = /^-?[\d.:TZ+-]+$/.test(term.value);
  return term.type === "literal" && !digits && term.value.length <= LONGEST_NAME;
}

function values(shown: Result, column: string): Term[] {
  return shown.rows.flatMap((row) => row[column] ?? []);
}

/** What is written for a term. */
export function cellText(term: Term | undefined): string {
  const value = term?.type === "uri" ? term.value.replace(/^.*[/#]/, "") : String(term?.value ?? "");
  return value.replace(/(?<=\p{sc=Arabic}.*)\b\d{4}(-\d\d){1,2}\b/gu, "\u2066$&\u2069"); // else its parts change places
}

/** The page of a thing of ours, null for others. */
export function pageOf(term: Term | undefined): string | null {
  const path = /^https:\/\/w3id\.org\/isnad\/((?:article|entity|event)\/[^#]+)(?:#char=(\d+))?/.exec(term?.value ?? "");
  return path && term!.type === "uri" ? `/${path[1]}${path[2] ? `#s${path[2]}` : ""}` : null;
}

/** A term as a link where it is a thing of ours, else as text. */
export function shownTerm(term: Term | undefined, name = cellText(term)): HTMLElement {
  const page = pageOf(term);
  const inside = element("bdi", {}, name);
  return page ? element("a", { href: here(page) }, inside) : inside;
}

/** A menu of columns or other values by what they are called; `change` is called with the one chosen. */
export function menu(label: string, values: string[], called: Record<string, string>, chosen: string, change: (value: string) => void): HTMLElement {
  const select = element("select", {}, ...values.map((value) => element("option", { value }, called[value] ?? value)));
  select.value = chosen;
  select.addEventListener("change", () => change(select.value));
  return element("label", { class: "menu" }, label, " ", select);
}
