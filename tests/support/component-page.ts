/** What jsdom lacks of a browser: it lays nothing out, so places and sizes are what a spec says they are. */
import { cleanup } from '@testing-library/svelte';
import { afterEach } from 'vitest';

class NothingResizes implements ResizeObserver {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
}

class Rectangle implements DOMRect {
  constructor(
    readonly x = 0,
    readonly y = 0,
    readonly width = 0,
    readonly height = 0,
  ) {}
  get left(): number {
    return this.x;
  }
  get top(): number {
    return this.y;
  }
  get right(): number {
    return this.x + this.width;
  }
  get bottom(): number {
    return this.y + this.height;
  }
  toJSON(): unknown {
    return { ...this };
  }
}

const matchMedia = (media: string): object => Object.assign(new EventTarget(), { media, matches: false });

/** Never idle: what a window loads ahead is no part of a spec. */
const idle = { requestIdleCallback: (): number => 0, cancelIdleCallback: (): void => undefined };

/** A canvas takes whatever is drawn and shows nothing; a text on it has no width. */
const nothingDrawn: unknown = new Proxy(
  { measureText: () => ({ width: 0 }) },
  {
    get: (known: Record<string | symbol, unknown>, name) => known[name] ?? (() => nothingDrawn),
    set: () => true,
  },
);
/** A line of a chart. */
class Path2D {
  moveTo(): void {}
  lineTo(): void {}
  rect(): void {}
  arc(): void {}
  closePath(): void {}
  addPath(): void {}
  bezierCurveTo(): void {}
}

/** Where texts are measured; what is shown is drawn elsewhere. */
class OffscreenCanvas {
  getContext(): unknown {
    return nothingDrawn;
  }
}

const CSS = { escape: (text: string): string => text.replace(/[^\w-]/g, String.raw`\$&`) };
const lacking = {
  ResizeObserver: NothingResizes,
  DOMRect: Rectangle,
  matchMedia,
  CSS,
  Path2D,
  OffscreenCanvas,
  ...idle,
};

Object.assign(window, lacking);
Object.assign(globalThis, lacking);
Object.assign(Element.prototype, {
  scrollIntoView: () => undefined,
  hasPointerCapture: () => false,
  releasePointerCapture: () => undefined,
});
Object.assign(HTMLCanvasElement.prototype, { getContext: () => nothingDrawn });
Object.assign(HTMLElement.prototype, {
  // Its style sheet hides what has the attribute, whether it is shown or not.
  showPopover(this: HTMLElement) {
    this.removeAttribute('popover');
  },
});
Object.assign(HTMLDialogElement.prototype, {
  showModal(this: HTMLDialogElement) {
    this.open = true;
  },
  close(this: HTMLDialogElement) {
    this.open = false;
  },
});

afterEach(() => {
  cleanup();
  document.body.replaceChildren();
});
