// The editor: YASQE in the place of the text area, its completion asking this server alone.

import Yasqe from "@zazuko/yasqe";
import { element, search, text } from "./page";
import type { Hit } from "./page";

const TERMS = ["class", "property", "concept", "entity"];
const WORD = /[\p{L}\p{M}\p{N}_:-]+$/u;

/** Put the editor in the place of each text area; the text area stays in the form and goes with it. */
export function start(areas: HTMLElement[]): void {
  const style = element("link", { rel: "stylesheet", href: new URL("yasqe.css", import.meta.url).href });
  style.addEventListener("load", () => areas.forEach((area) => open(area as HTMLTextAreaElement)));
  document.head.append(style);
}

function open(area: HTMLTextAreaElement): void {
  const form = area.form!;
  const place = element("div", { dir: "ltr", class: "yasqe-place" });
  area.after(place);
  area.hidden = true;
  alone();
  const editor = new Yasqe(place, {
    value: area.value,
    editorHeight: "18rem",
    extraKeys: {
      "Ctrl-Enter": () => form.requestSubmit(),
      "Cmd-Enter": () => form.requestSubmit(),
      "Ctrl-Space": () => complete(editor),
      Tab: false, // a keyboard can leave the editor
      "Shift-Tab": false,
    },
  } as never);
  editor.getInputField().setAttribute("aria-label", form.querySelector("label")?.textContent ?? "SPARQL");
  const prefixes: Record<string, string> = JSON.parse(area.dataset.prefixes ?? "{}");
  declare(editor, prefixes);
  editor.on("changes" as never, () => {
    declare(editor, prefixes);
    area.value = editor.getValue();
  });
  editor.on("inputRead" as never, (_: unknown, change: { text: string[] }) => begun(editor) && /\S$/.test(change.text.join("")) && complete(editor));
  point(editor);
  form.append(element("p", { class: "hint" }, text("editor_hint")));
  form.addEventListener("submit", () => {
    area.value = editor.getValue();
    form.method = area.value.length > 6000 ? "post" : "get";
  });
}

/** Take out of YASQE's defaults whatever asks another host or keeps queries behind the reader's back. */
function alone(): void {
  Object.assign(Yasqe.defaults, {
    autocompleters: ["variables"],
    createShareableLink: null,
    consumeShareLink: null,
    persistenceId: null,
    prefixCcApi: null,
    showQueryButton: false,
  });
}

/** Declare those of our prefixes that the query uses, so that it holds on every endpoint. */
function declare(editor: Yasqe, prefixes: Record<string, string>): void {
  const declared = editor.getPrefixesFromQuery();
  const names = Object.keys(prefixes).filter((name) => !(name in declared) && new RegExp(`(^|[\\s(^/|!,;])${name}:`, "m").test(editor.getValue()));
  if (names.length) {
    editor.addPrefixes(Object.fromEntries(names.map((name) => [name, prefixes[name]])));
  }
}

/** Go to the place that a message above the editor names. */
function point(editor: Yasqe): void {
  const place = /line (\d+), column (\d+)/.exec(document.querySelector("[data-error]")?.textContent ?? "");
  if (place) {
    editor.focus();
    editor.setCursor({ line: Number(place[1]) - 1, ch: Number(place[2]) - 1 });
    editor.addLineClass(Number(place[1]) - 1, "background", "wrong-line");
  }
}

/** Whether the word at the cursor can only be one of ours: two letters after a prefix of ours, or two that are not Latin. */
function begun(editor: Yasqe): boolean {
  return /^((isnad|entity):\p{L}{2,}|[\p{L}\p{M}]*[^\p{sc=Latin}\p{M}\P{L}]{2,})$/u.test(wordAt(editor)) && !/["'#][^"']*$/.test(before(editor));
}

function before(editor: Yasqe): string {
  const cursor = editor.getDoc().getCursor();
  return editor.getLine(cursor.line).slice(0, cursor.ch);
}

function wordAt(editor: Yasqe): string {
  return WORD.exec(before(editor))?.[0] ?? "";
}

function complete(editor: Yasqe): void {
  const cursor = editor.getDoc().getCursor();
  const word = wordAt(editor);
  if (!word) {
    editor.autocomplete();
    return;
  }
  const from = { line: cursor.line, ch: cursor.ch - word.length };
  const hint = async () => {
    const hits = await search(word.replace(/^[a-z]*:/, ""), TERMS);
    return { list: hits.map(suggestion), from, to: cursor };
  };
  editor.showHint({ hint, completeSingle: false, closeCharacters: /[\s>"]/ } as never);
}

function suggestion(hit: Hit): object {
  const render = (item: HTMLElement) => {
    item.append(element("bdi", {}, hit.label), " ", element("small", { dir: "ltr" }, hit.name));
  };
  return { text: hit.name.includes("://") ? `<${hit.iri}>` : hit.name, displayText: hit.label, render };
}
