import { screen, type BrowserWindowConstructorOptions, type Rectangle } from 'electron';
import { Alarm } from '../../base/alarm.js';
import type { Clock } from '../../base/ports.js';
import type { Page } from './page.js';
import { PopoverClick } from './popover-click.js';
import { popoverBounds, type PopoverSpot } from './popover-place.js';

export interface PopoverDeps {
  readonly clock: Clock;
  readonly platform: NodeJS.Platform;
  /** There no window can be placed by who makes it. */
  readonly isWayland: boolean;
  readonly makePage: (options: BrowserWindowConstructorOptions) => Page;
}

/** Until its page has said how high it is. */
const firstHeight = 560;

/** A hidden window costs memory; one that is wanted again soon should be there at once. */
const keepMs = 60_000;

/** The small window at the tray's icon: made on demand, placed, and gone once it has been hidden for long. */
export class PopoverWindow {
  readonly #deps: PopoverDeps;
  readonly #end: Alarm;
  readonly #click: PopoverClick;
  #page: Page | null = null;
  /** As its page said last: what is shown anew is most often as high as before. */
  #height = firstHeight;
  #spot: PopoverSpot | null = null;

  constructor(deps: PopoverDeps) {
    this.#deps = deps;
    this.#end = new Alarm(deps.clock);
    this.#click = new PopoverClick(deps.clock);
  }

  /** null where there is none; one that is hidden is still there. */
  get page(): Page | null {
    return this.#page;
  }

  /**
   * Shows or hides it; `tray` = where the icon is, null where the desktop does not tell: then it comes to the pointer that
   * has clicked there, or into the middle of the screen where keys have asked for it.
   */
  toggle(tray: Rectangle | null, by: 'click' | 'keys'): void {
    if (this.#page?.window.isVisible() === true) {
      this.hide();
      return;
    }
    if (!this.#click.asksForIt()) return;
    this.#end.clear();
    const cursor = screen.getCursorScreenPoint();
    const { workArea } = screen.getDisplayNearestPoint(tray ?? cursor);
    this.#spot = { tray, cursor: by === 'click' ? cursor : null, workArea };
    if (this.#page === null) {
      this.#page = this.#make(this.#spot);
      return;
    }
    this.#place();
    this.#page.show();
  }

  /** Its page says how high it is. */
  setHeight(height: number): void {
    this.#height = height;
    this.#place();
  }

  hide(): void {
    if (this.#page?.window.isVisible() === true) this.#page.window.hide();
  }

  stop(): void {
    this.#end.clear();
    this.#page?.destroy();
  }

  #place(): void {
    const window = this.#page?.window;
    if (window === undefined || this.#spot === null) return;
    const bounds = popoverBounds(this.#spot, this.#height, this.#page?.zoom);
    // Where the compositor has put it, it stays.
    if (this.#deps.isWayland) window.setSize(bounds.width, bounds.height);
    else window.setBounds(bounds);
  }

  #make(spot: PopoverSpot): Page {
    const { isWayland, platform, makePage } = this.#deps;
    const { x, y, width, height } = popoverBounds(spot, this.#height);
    const page = makePage({
      width,
      height,
      ...(isWayland ? {} : { x, y }),
      // The only thing that keeps it out of the bars of X11 (PLATFORM "Life" 8).
      ...(platform === 'linux' && !isWayland ? { type: 'toolbar' } : {}),
      title: 'Perch',
      frame: false,
      resizable: false,
      minimizable: false,
      maximizable: false,
      fullscreenable: false,
      skipTaskbar: true,
      alwaysOnTop: true,
    });
    page.window.on('blur', () => {
      // Its developer tools are a window of their own, and take the focus.
      if (!page.window.webContents.isDevToolsOpened()) this.hide();
    });
    page.window.on('hide', () => {
      this.#click.hidden();
      // Shown again on Wayland, it would lose the focus at once, and go (PLATFORM "Tray" 10).
      this.#end.set(isWayland ? 0 : keepMs, () => page.destroy());
    });
    page.window.on('closed', () => {
      this.#end.clear();
      this.#page = null;
    });
    return page;
  }
}
