/** How the sidebar stands in the window: whole, as a rail of icons, or for a while over a window that is narrow. */
import { createContext, tick } from 'svelte';
import { innerWidth } from 'svelte/reactivity/window';
import type { View } from '../../../bridge/schema/view.js';
import type { WindowState } from '../../state/context.js';
import { draggedTo, fitting, hasRoom, narrowest, railWidth, widestIn } from './sidebar-width.js';

export class SidebarPlace {
  /** While its edge is dragged, where that is: every step of it in the settings would be a file. */
  #edge = $state.raw<number | null>(null);
  /** What the window showed when the sidebar was opened over it: with another view it goes. */
  #openedOver = $state.raw<View | null>(null);
  #opener: HTMLElement | null = null;
  readonly #state: Pick<WindowState, 'settings' | 'navigation'>;

  readonly #kept = $derived.by(() => this.#state.settings.current.sidebar);
  readonly #wanted: number | null = $derived.by(() => {
    if (this.#edge !== null) return draggedTo(this.#edge, this.windowWidth);
    return this.#kept.isRail ? null : fitting(this.#kept.width, this.windowWidth);
  });
  /** The window has no room for more than the rail. */
  readonly isNarrow: boolean = $derived.by(() => !hasRoom(this.windowWidth));
  readonly isRail: boolean = $derived(this.isNarrow || this.#wanted === null);
  /** Pixels of the window that are its own. */
  readonly width: number = $derived(this.isNarrow ? railWidth : (this.#wanted ?? railWidth));
  readonly widest: number = $derived.by(() => widestIn(this.windowWidth));
  /** It lies whole over the window, and all else waits. */
  readonly isOver: boolean = $derived.by(
    () => this.isNarrow && this.#openedOver === this.#state.navigation.view,
  );
  /** Pixels of it as it lies over the window. */
  readonly widthOver: number = $derived.by(() => fitting(this.#kept.width, this.windowWidth));

  constructor(state: Pick<WindowState, 'settings' | 'navigation'>) {
    this.#state = state;
  }

  get windowWidth(): number {
    return innerWidth.current ?? 0;
  }

  get isDragged(): boolean {
    return this.#edge !== null;
  }

  /** To the whole sidebar and back: over a narrow window for now, and else kept. */
  toggle(): void {
    if (!this.isNarrow) this.#keep({ isRail: !this.isRail });
    else if (this.isOver) this.close();
    else this.#open();
  }

  close(): void {
    this.#openedOver = null;
  }

  /** null = as wide as it is usually. */
  size(width: number | null): void {
    this.#keep({ isRail: false, width: width === null ? null : fitting(width, this.windowWidth) });
  }

  /** By so many pixels; what is the rail becomes the whole first. */
  step(by: number): void {
    if (!this.isRail) this.size(this.width + by);
    else if (by > 0) this.#keep({ isRail: false });
  }

  toEnd(end: 'narrowest' | 'widest'): void {
    this.size(end === 'narrowest' ? narrowest : this.widest);
  }

  /** The edge is dragged to here. */
  drag(edge: number): void {
    this.#edge = edge;
  }

  /** The edge is let go; `isDone` = it stays where it is. */
  drop(isDone: boolean): void {
    if (this.#edge === null) return;
    const width = draggedTo(this.#edge, this.windowWidth);
    if (isDone) this.#keep(width === null ? { isRail: true } : { isRail: false, width });
    this.#edge = null;
  }

  /** Once it lies no longer over the window: the focus goes where it was, unless what is shown now has taken it. */
  async giveBackFocus(otherwise: () => HTMLElement | null): Promise<void> {
    const opener = this.#opener;
    this.#opener = null;
    // A server that was opened takes it one turn later.
    await tick();
    await tick();
    const { activeElement } = document;
    if (activeElement !== null && activeElement !== document.body) return;
    (opener?.isConnected === true ? opener : otherwise())?.focus();
  }

  #open(): void {
    const { activeElement } = document;
    this.#opener =
      activeElement instanceof HTMLElement && activeElement !== document.body ? activeElement : null;
    this.#openedOver = this.#state.navigation.view;
  }

  #keep(change: { isRail?: boolean; width?: number | null }): void {
    void this.#state.settings.change(({ sidebar }) => ({ sidebar: { ...sidebar, ...change } }));
  }
}

/** Built once per main window and handed down by context. */
export const [sidebarPlace, provideSidebarPlace] = createContext<SidebarPlace>();
