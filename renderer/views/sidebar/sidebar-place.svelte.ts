/** Placement of the sidebar in the window: whole, as a rail, or temporarily over a narrow window. */
import { createContext, tick } from 'svelte';
import { innerWidth } from 'svelte/reactivity/window';
import type { View } from '../../../bridge/schema/view.js';
import type { WindowState } from '../../state/context.js';
import { draggedTo, fittingWidth, hasRoom, narrowestSidebar, railWidth, widestIn } from './sidebar-width.js';

export class SidebarPlace {
  /** Position of the edge during a drag; each change of the settings would write a file. */
  #edge = $state.raw<number | null>(null);
  /** View at the time of opening the overlay; another view closes the overlay. */
  #openedOver = $state.raw<View | null>(null);
  #opener: HTMLElement | null = null;

  readonly #kept = $derived.by(() => this.state.settings.current.sidebar);
  readonly #wanted: number | null = $derived.by(() => {
    if (this.#edge !== null) return draggedTo(this.#edge, this.windowWidth);
    return this.#kept.isRail ? null : fittingWidth(this.#kept.width, this.windowWidth);
  });
  /** True if the window only has room for the rail. */
  readonly isNarrow: boolean = $derived.by(() => !hasRoom(this.windowWidth));
  readonly isRail: boolean = $derived(this.isNarrow || this.#wanted === null);
  /** Pixels of the window that the sidebar takes. */
  readonly width: number = $derived(this.isNarrow ? railWidth : (this.#wanted ?? railWidth));
  readonly widest: number = $derived.by(() => widestIn(this.windowWidth));
  /** True if the sidebar lies over the window as a modal overlay. */
  readonly isOver: boolean = $derived.by(
    () => this.isNarrow && this.#openedOver === this.state.navigation.view,
  );
  /** Width as an overlay, in pixels. */
  readonly widthOver: number = $derived.by(() => fittingWidth(this.#kept.width, this.windowWidth));

  constructor(private readonly state: Pick<WindowState, 'settings' | 'navigation'>) {}

  get windowWidth(): number {
    return innerWidth.current ?? 0;
  }

  get isDragged(): boolean {
    return this.#edge !== null;
  }

  /** Switches between rail and whole sidebar: temporarily in a narrow window, otherwise stored. */
  toggle(): void {
    if (!this.isNarrow) this.#keep({ isRail: !this.isRail });
    else if (this.isOver) this.close();
    else this.#open();
  }

  close(): void {
    this.#openedOver = null;
  }

  /** Stores a width; null = default width. */
  size(width: number | null): void {
    this.#keep({ isRail: false, width: width === null ? null : fittingWidth(width, this.windowWidth) });
  }

  /** Changes the width by pixels; widening the rail switches to the whole sidebar. */
  step(by: number): void {
    if (!this.isRail) this.size(this.width + by);
    else if (by > 0) this.#keep({ isRail: false });
  }

  toEnd(end: 'narrowest' | 'widest'): void {
    this.size(end === 'narrowest' ? narrowestSidebar : this.widest);
  }

  /** Moves the edge during a drag. */
  drag(edge: number): void {
    this.#edge = edge;
  }

  /** Ends a drag; `isDone` = store the new width. */
  drop(isDone: boolean): void {
    if (this.#edge === null) return;
    const width = draggedTo(this.#edge, this.windowWidth);
    if (isDone) this.#keep(width === null ? { isRail: true } : { isRail: false, width });
    this.#edge = null;
  }

  /** Returns the focus after the overlay closed, unless the new view took it. */
  async giveBackFocus(otherwise: () => HTMLElement | null): Promise<void> {
    const opener = this.#opener;
    this.#opener = null;
    // An opened server takes the focus one tick later.
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
    this.#openedOver = this.state.navigation.view;
  }

  #keep(change: { isRail?: boolean; width?: number | null }): void {
    void this.state.settings.change(({ sidebar }) => ({ sidebar: { ...sidebar, ...change } }));
  }
}

/** Created once per main window and passed by context. */
export const [sidebarPlace, provideSidebarPlace] = createContext<SidebarPlace>();
