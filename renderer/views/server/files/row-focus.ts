/** The row of a folder that has the focus, also after rows came and went. */
import { tick, untrack } from 'svelte';
import { folderOf, lastPart } from '../../../../bridge/files/file-paths.js';
import { takesText } from '../../../ui/controls/takes-text.js';
import type { FilesControl } from './files-control.svelte.js';

interface RowFocusDeps {
  readonly control: () => FilesControl;
  /** The folder that is shown. */
  readonly folder: () => string;
  /** The element of the list. */
  readonly region: () => HTMLElement | undefined;
  /** Scrolls to a row, so that the row is drawn. */
  readonly reveal: (key: string) => Promise<unknown>;
}

export class RowFocus {
  /** Whether the focus is in the list, or was there when its element went away. */
  #isInside = false;
  #lastAt = 0;
  #wasAsked = false;

  constructor(private readonly deps: RowFocusDeps) {}

  comesIn(): void {
    this.#isInside = true;
  }

  goesOut({ relatedTarget }: FocusEvent): void {
    if (relatedTarget instanceof Element && this.deps.region()?.contains(relatedTarget) !== true)
      this.#isInside = false;
  }

  /**
   * For an effect. One row is in the tab order: the last focused row, or its neighbour if that row is gone; without
   * rows the list.
   */
  followRows(): void {
    const control = this.deps.control();
    const { table, comesTo } = control;
    const { items, active } = table;
    const wanted = comesTo === null ? undefined : items.find(({ key }) => key === comesTo);
    const at = items.findIndex(({ key }) => key === active);
    if (at !== -1) this.#lastAt = at;
    if (at !== -1 && wanted === undefined) return;
    const next = wanted ?? items[Math.min(this.#lastAt, items.length - 1)];
    untrack(() => {
      if (wanted !== undefined) control.comesTo = null;
      table.active = next?.key ?? null;
      if (!this.#isLeftHere() && (wanted === undefined || takesText(document.activeElement))) return;
      if (next === undefined) this.deps.region()?.focus();
      else void this.goTo(next.key);
    });
  }

  /** For an effect. A dialog gives the focus back to a row, which may be gone by then. */
  followQuestion(): void {
    const isAsked = this.deps.control().question !== null;
    if (this.#wasAsked && !isAsked) void untrack(() => this.#takeBack());
    this.#wasAsked = isAsked;
  }

  async #takeBack(): Promise<void> {
    await tick();
    if (document.activeElement !== document.body) return;
    const { active } = this.deps.control().table;
    if (active === null) this.deps.region()?.focus();
    else await this.goTo(active);
  }

  #isLeftHere(): boolean {
    const { activeElement } = document;
    return (
      this.#isInside &&
      (activeElement === document.body || this.deps.region()?.contains(activeElement) === true)
    );
  }

  async goTo(key: string, extend = false): Promise<void> {
    const { table } = this.deps.control();
    if (extend) table.extendTo(key);
    table.active = key;
    await tick();
    await this.deps.reveal(key);
    const region = this.deps.region();
    const row = region?.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`) ?? null;
    row?.focus({ preventScroll: true });
    // The row went away meanwhile.
    if (row === null && document.activeElement === document.body) region?.focus();
  }

  /** Moves to the first row. */
  enter(): void {
    const [first] = this.deps.control().table.items;
    if (first === undefined) this.deps.region()?.focus();
    else void this.goTo(first.key);
  }

  /** Another folder than `before` is shown: keeps the focus in the list, on the row of the folder that was left. */
  arrive(before: string): void {
    const region = this.deps.region();
    this.#lastAt = 0;
    if (region !== undefined) region.scrollTop = 0;
    if (!this.#isLeftHere()) return;
    region?.focus();
    const control = this.deps.control();
    for (let below = before; below !== '/'; below = folderOf(below)) {
      if (folderOf(below) === this.deps.folder()) control.comesTo ??= lastPart(below);
    }
  }
}
