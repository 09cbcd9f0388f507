// Copies the address of what the page shows.

import { text } from "./page";

/** Copy on a click; the field beside the button holds the address for those who copy by hand. */
export function start(buttons: HTMLElement[]): void {
  for (const button of buttons) {
    button.hidden = false;
    button.addEventListener("click", () => copy(button));
  }
}

async function copy(button: HTMLElement): Promise<void> {
  const field = document.getElementById(button.dataset.copy!) as HTMLInputElement;
  field.select();
  try {
    await navigator.clipboard.writeText(field.value);
  } catch {
    document.execCommand("copy"); // the clipboard of newer browsers needs https
  }
  button.textContent = text("copied");
}
