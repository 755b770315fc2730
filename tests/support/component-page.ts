/**
 * Stand-ins for browser features that jsdom lacks. jsdom has no layout, so each spec sets positions and sizes itself.
 */
import { cleanup, configure, prettyDOM } from '@testing-library/svelte';
import { afterEach } from 'vitest';

configure({
  // Generous, because a busy machine is no failure: the first use of a part of a window compiles that part.
  asyncUtilTimeout: 15_000,
  getElementError: (message, container) => {
    const error = new Error();
    error.name = 'TestingLibraryElementError';
    // Prints the document only for a reader: a test that waits throws away every failure but the last.
    const get = (): string => [message, prettyDOM(container)].filter(Boolean).join('\n\n');
    return Object.defineProperty(error, 'message', { configurable: true, get });
  },
});

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

/** Never idle, so that windows preload no module in specs. */
const idle = { requestIdleCallback: (): number => 0, cancelIdleCallback: (): void => undefined };

/** Canvas context that accepts every call and draws nothing; texts have width 0. */
const nothingDrawn: unknown = new Proxy(
  { measureText: () => ({ width: 0 }) },
  {
    get: (known: Record<string | symbol, unknown>, name) => known[name] ?? (() => nothingDrawn),
    set: () => true,
  },
);
/** Stand-in for the paths of chart lines. */
class Path2D {
  moveTo(): void {}
  lineTo(): void {}
  rect(): void {}
  arc(): void {}
  closePath(): void {}
  addPath(): void {}
  bezierCurveTo(): void {}
}

/** Stand-in for the canvas that measures texts. */
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
  // jsdom's style sheet hides every element with the attribute, even an open popover.
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
