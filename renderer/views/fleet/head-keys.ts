/** Keys of the table's header: focus, width, place and menu of a column. */
import type { FleetColumn } from '../../../bridge/settings/fleet-columns.js';
import { say } from '../../../messages/messages.js';
import { isMenuKey, menuSpot, type MenuSpot } from '../../ui/menus/menu.js';
import { withinBounds } from './column-choice.js';
import { widthStep } from './column-menu.js';
import type { FleetControl } from './fleet-control.svelte.js';

export class HeadKeys {
  head: HTMLElement | undefined;

  constructor(private readonly control: FleetControl) {}

  openMenu(column: FleetColumn, spot: MenuSpot): void {
    this.control.menu = { kind: 'column', column, width: this.#widthOf(column), spot };
  }

  onKey(event: KeyboardEvent & { currentTarget: HTMLElement }, column: FleetColumn): void {
    if (isMenuKey(event)) this.openMenu(column, menuSpot(event, event.currentTarget));
    else if (event.key === 'ArrowLeft') this.#step(event, column, -1);
    else if (event.key === 'ArrowRight') this.#step(event, column, 1);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  #step(event: KeyboardEvent, column: FleetColumn, by: 1 | -1): void {
    const { columns } = this.control.columns.layout;
    if (event.shiftKey) this.#size(column, by);
    else if (event.altKey) this.#move(column, by);
    else this.#focus(columns[columns.indexOf(column) + by] ?? column);
  }

  #size(column: FleetColumn, by: 1 | -1): void {
    const width = withinBounds(this.#widthOf(column) + by * widthStep);
    this.control.columns.size(column, width);
    this.control.said = say('columns.said-width', { column: say(`fleet.column-${column}`), width });
  }

  #move(column: FleetColumn, by: 1 | -1): void {
    if (!this.control.columns.step(column, by)) return;
    // Moving a cell in the document removes its focus.
    queueMicrotask(() => this.#focus(column));
    const { columns } = this.control.columns.layout;
    this.control.said = say('columns.said-place', {
      column: say(`fleet.column-${column}`),
      at: columns.indexOf(column) + 1,
      count: columns.length,
    });
  }

  #focus(column: FleetColumn): void {
    this.#cellOf(column)?.querySelector('button')?.focus();
  }

  #cellOf(column: FleetColumn): HTMLElement | null {
    return this.head?.querySelector<HTMLElement>(`[data-column=${column}]`) ?? null;
  }

  #widthOf(column: FleetColumn): number {
    return Math.round(this.#cellOf(column)?.getBoundingClientRect().width ?? 0);
  }
}
