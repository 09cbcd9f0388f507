// What is seen of a map: moved and zoomed by buttons, keys, the wheel with Ctrl, a pointer that drags, and two fingers.

import { clamped, element, text } from "./page";

/** The middle of what is seen, in units of the map, and how many of them a pixel spans. */
export interface Outlook {
  x: number;
  y: number;
  scale: number;
}

/** How far a map goes: half its width and height, and the smallest scale. */
export interface Reach {
  width: number;
  height: number;
  least: number;
}

/** A part of a map in its own units. */
export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

interface Step {
  sign: string;
  keys: string;
  aside: number; // parts of what is seen
  down: number;
  zoom: number; // factor of the scale
}

interface Grip {
  x: number; // pixels
  y: number;
  span: number; // pixels between two fingers, 1 for a pointer
}

const STEPS: Record<string, Step> = {
  zoom_in: { sign: "+", keys: "+ =", aside: 0, down: 0, zoom: 1 / 1.6 },
  zoom_out: { sign: "−", keys: "- _", aside: 0, down: 0, zoom: 1.6 },
  move_left: { sign: "←", keys: "ArrowLeft", aside: -0.2, down: 0, zoom: 1 },
  move_up: { sign: "↑", keys: "ArrowUp", aside: 0, down: -0.2, zoom: 1 },
  move_down: { sign: "↓", keys: "ArrowDown", aside: 0, down: 0.2, zoom: 1 },
  move_right: { sign: "→", keys: "ArrowRight", aside: 0.2, down: 0, zoom: 1 },
};
const RESET = "0"; // key
const GLIDE = 200; // milliseconds that a step takes
const STILL = 4; // pixels that a pointer may move and still click
const NOTCH = 1.002; // factor of the scale for a pixel of the wheel

/** A map that a reader moves; `show` draws what is seen. */
export class Steering {
  private home: Outlook = { x: 0, y: 0, scale: 1 };
  private seen = this.home;
  private aim = this.home; // where a glide ends
  private width = 1; // pixels
  private height = 1;
  private frame = 0;

  constructor(
    private readonly canvas: SVGElement,
    private readonly whole: Box,
    private readonly reach: Reach,
    private readonly show: (seen: Outlook) => void,
  ) {
    canvas.addEventListener("keydown", (event) => this.key(event));
    canvas.addEventListener("wheel", (event) => this.wheel(event), { passive: false });
    this.dragged();
    this.pinched();
  }

  /** The buttons that do what the keys do. */
  buttons(): HTMLElement {
    const made = Object.entries(STEPS).map(([name, step]) => button(step.sign, () => this.step(step), text(name)));
    return element("div", { class: "steering", role: "group", dir: "ltr", "aria-label": text("steering") }, ...made, button(text("whole"), () => this.reset()));
  }

  /** Fit what is seen to the size that the map has on the page. */
  resize(): void {
    const before = this.width;
    [this.width, this.height] = [this.canvas.clientWidth || 1, this.canvas.clientHeight || 1];
    const { x, y, width, height } = this.whole;
    const moved = !same(this.seen, this.home);
    this.home = this.kept({ x: x + width / 2, y: y + height / 2, scale: Math.max(width / this.width, height / this.height) });
    this.set(moved ? { ...this.seen, scale: (this.seen.scale * before) / this.width } : this.home);
  }

  /** Bring a place into sight that lies out of it. */
  reveal(x: number, y: number): void {
    const { x: middle, y: centre, scale } = this.aim;
    if (Math.abs(x - middle) > (this.width * scale) / 2 || Math.abs(y - centre) > (this.height * scale) / 2) {
      this.glide({ x, y, scale });
    }
  }

  private reset(): void {
    this.glide(this.home);
  }

  private step({ aside, down, zoom }: Step): void {
    const { x, y, scale } = this.aim;
    this.glide({ x: x + aside * this.width * scale, y: y + down * this.height * scale, scale: scale * zoom });
  }

  private key(event: KeyboardEvent): void {
    const step = Object.values(STEPS).find(({ keys }) => keys.split(" ").includes(event.key));
    if ((step || event.key === RESET) && !(event.ctrlKey || event.metaKey || event.altKey)) {
      event.preventDefault();
      step ? this.step(step) : this.reset();
    }
  }

  /** The wheel alone scrolls the page. */
  private wheel(event: WheelEvent): void {
    if (event.ctrlKey || event.metaKey) {
      event.preventDefault();
      const grip = { x: event.clientX, y: event.clientY };
      this.follow({ ...grip, span: 1 }, { ...grip, span: NOTCH ** -event.deltaY });
    }
  }

  private dragged(): void {
    let [held, moved]: [Grip | null, boolean] = [null, false];
    this.canvas.addEventListener("pointerdown", (event) => {
      moved = false;
      held = event.pointerType !== "touch" && event.button === 0 ? grip([event]) : null;
    });
    this.canvas.addEventListener("pointermove", (event) => {
      if (held && (moved || Math.hypot(event.clientX - held.x, event.clientY - held.y) > STILL)) {
        moved = true;
        this.canvas.setPointerCapture(event.pointerId);
        this.follow(held, grip([event]));
        held = grip([event]);
      }
    });
    this.canvas.addEventListener("lostpointercapture", () => (held = null));
    this.canvas.addEventListener("pointerup", () => (held = null));
    this.canvas.addEventListener("dragstart", (event) => event.preventDefault()); // else a link is dragged out of the map
    this.canvas.addEventListener("click", (event) => moved && event.preventDefault(), { capture: true });
  }

  /** One finger scrolls the page. */
  private pinched(): void {
    let held: Grip | null = null;
    const hold = (event: TouchEvent) => {
      const now = event.touches.length === 2 ? grip([...event.touches]) : null;
      if (now && event.cancelable) {
        event.preventDefault();
      }
      if (now && held) {
        this.follow(held, now);
      }
      held = now;
    };
    for (const name of ["touchstart", "touchmove", "touchend", "touchcancel"] as const) {
      this.canvas.addEventListener(name, hold, { passive: false });
    }
  }

  /** Keep what was under a grip under it. */
  private follow(from: Grip, to: Grip): void {
    const { x, y, scale } = this.seen;
    const zoomed = this.kept({ x, y, scale: (scale * from.span) / to.span }).scale;
    const box = this.canvas.getBoundingClientRect();
    const off = (at: Grip) => [at.x - box.x - box.width / 2, at.y - box.y - box.height / 2];
    const [[fromX, fromY], [toX, toY]] = [off(from), off(to)];
    this.set({ x: x + fromX * scale - toX * zoomed, y: y + fromY * scale - toY * zoomed, scale: zoomed });
  }

  private glide(to: Outlook): void {
    const [from, began, aim] = [this.seen, performance.now(), this.kept(to)];
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const draw = (now: number) => {
      const part = still ? 1 : Math.max(0, Math.min(1, (now - began) / GLIDE));
      this.set(part < 1 ? between(from, aim, part) : aim);
      this.aim = aim;
      if (part < 1) {
        this.frame = requestAnimationFrame(draw);
      }
    };
    draw(began);
  }

  private set(to: Outlook): void {
    cancelAnimationFrame(this.frame);
    this.seen = this.aim = this.kept(to);
    const { x, y, scale } = this.seen;
    const [width, height] = [this.width * scale, this.height * scale];
    this.canvas.setAttribute("viewBox", `${x - width / 2} ${y - height / 2} ${width} ${height}`);
    this.show(this.seen);
  }

  /** The outlook nearest to one that shows nothing beyond the map. */
  private kept({ x, y, scale }: Outlook): Outlook {
    const { width, height, least } = this.reach;
    const most = Math.max((2 * width) / this.width, (2 * height) / this.height);
    const kept = clamped(scale, least, most);
    const [aside, down] = [width - (this.width * kept) / 2, height - (this.height * kept) / 2].map((one) => Math.max(0, one));
    return { x: clamped(x, -aside, aside), y: clamped(y, -down, down), scale: kept };
  }
}

function button(sign: string, press: () => void, label = sign): HTMLElement {
  const made = element("button", { type: "button", "aria-label": label, title: label }, sign);
  made.addEventListener("click", press);
  return made;
}

function same(one: Outlook, other: Outlook): boolean {
  return one.x === other.x && one.y === other.y && one.scale === other.scale;
}

function between(from: Outlook, to: Outlook, part: number): Outlook {
  const along = (one: number, other: number) => one + (other - one) * part;
  return { x: along(from.x, to.x), y: along(from.y, to.y), scale: from.scale * (to.scale / from.scale) ** part };
}

function grip(points: { clientX: number; clientY: number }[]): Grip {
  const [first, last] = [points[0], points[points.length - 1]];
  const span = Math.hypot(last.clientX - first.clientX, last.clientY - first.clientY) || 1;
  return { x: (first.clientX + last.clientX) / 2, y: (first.clientY + last.clientY) / 2, span };
}
