import { screen, type BrowserWindowConstructorOptions, type Rectangle } from 'electron';
import { Alarm } from '../../base/alarm.js';
import type { Clock } from '../../base/ports.js';
import type { Page } from './page.js';
import { PopoverClick } from './popover-click.js';
import { popoverBounds, type PopoverSpot } from './popover-place.js';

export interface PopoverDeps {
  readonly clock: Clock;
  readonly platform: NodeJS.Platform;
  /** True on Wayland, where a program cannot place its windows. */
  readonly isWayland: boolean;
  readonly makePage: (options: BrowserWindowConstructorOptions) => Page;
}

/** Height in px until the page reports its own. */
const firstHeight = 560;

/** Time in ms for which a hidden popover is kept. It costs memory, but reopens at once. */
const keepMs = 60_000;

/** The popover window at the tray icon: created on demand, placed, and destroyed after it was hidden for a while. */
export class PopoverWindow {
  readonly #end: Alarm;
  readonly #click: PopoverClick;
  #page: Page | null = null;
  /** Last height that the page reported, also used for the next page. */
  #height = firstHeight;
  #spot: PopoverSpot | null = null;

  constructor(private readonly deps: PopoverDeps) {
    this.#end = new Alarm(deps.clock);
    this.#click = new PopoverClick(deps.clock);
  }

  /** null = no popover. A hidden popover still has a page. */
  get page(): Page | null {
    return this.#page;
  }

  /**
   * Shows or hides the popover.
   *
   * `tray` = place of the icon. With null, the popover opens at the pointer after a click, and in the middle of the
   * screen after a shortcut.
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

  /** Sets the height that the page reported. */
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
    // On Wayland the compositor decides the place, so only the size changes.
    if (this.deps.isWayland) window.setSize(bounds.width, bounds.height);
    else window.setBounds(bounds);
  }

  #make(spot: PopoverSpot): Page {
    const { isWayland, platform, makePage } = this.deps;
    const { x, y, width, height } = popoverBounds(spot, this.#height);
    const page = makePage({
      width,
      height,
      ...(isWayland ? {} : { x, y }),
      // Only this type keeps the popover out of taskbars on X11 (PLATFORM "Lifecycle" 8).
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
      // The popover's developer tools are a separate window and take the focus.
      if (!page.window.webContents.isDevToolsOpened()) this.hide();
    });
    page.window.on('hide', () => {
      this.#click.hidden();
      // On Wayland a popover that is shown again loses the focus at once and hides, so it is destroyed (PLATFORM "Tray"
      // 10).
      this.#end.set(isWayland ? 0 : keepMs, () => page.destroy());
    });
    page.window.on('closed', () => {
      this.#end.clear();
      this.#page = null;
    });
    return page;
  }
}
