/** The columns of the table as they are shown, and what a person changes about them; kept in the settings. */
import type { FleetColumn } from '../../../bridge/fleet-columns.js';
import type { FleetFeed } from '../../state/fleet-feed.svelte.js';
import type { SettingsFeed } from '../../state/settings-feed.svelte.js';
import { isUsual, neighbour, placed, sized, toggled, type ColumnChoice } from './column-choice.js';
import { layOut, type FleetLayout } from './fleet-layout.js';

export class FleetColumns {
  /** What the table has room for. Pixels; 0 where it is not known. */
  width = $state(0);
  /** While its edge is dragged: every step of that in the settings would be a file. */
  resizing = $state.raw<{ readonly column: FleetColumn; readonly width: number } | null>(null);
  readonly #fleet: FleetFeed;
  readonly #settings: SettingsFeed;

  readonly severalPanels: boolean = $derived.by(() => this.#fleet.accounts.length > 1);
  readonly #choice: ColumnChoice = $derived.by(() => this.#settings.current.fleetColumns);
  readonly isUsual: boolean = $derived(isUsual(this.#choice));
  readonly layout: FleetLayout = $derived.by(() => {
    const { width, severalPanels, resizing } = this;
    const choice = resizing === null ? this.#choice : sized(this.#choice, resizing.column, resizing.width);
    return layOut({ width, severalPanels, ...choice });
  });

  constructor(fleet: FleetFeed, settings: SettingsFeed) {
    this.#fleet = fleet;
    this.#settings = settings;
  }

  isShown(column: FleetColumn): boolean {
    return this.layout.columns.includes(column);
  }

  hasOwnWidth(column: FleetColumn): boolean {
    return this.#choice.widths[column] !== undefined;
  }

  canMove(column: FleetColumn, step: 1 | -1): boolean {
    return neighbour(this.layout.columns, column, step) !== null;
  }

  toggle(column: FleetColumn): void {
    const { columns } = this.layout;
    this.#change((choice) => toggled(choice, columns, column));
  }

  step(column: FleetColumn, step: 1 | -1): boolean {
    const other = neighbour(this.layout.columns, column, step);
    if (other !== null) this.place(column, other, step === 1 ? 'after' : 'before');
    return other !== null;
  }

  place(column: FleetColumn, other: FleetColumn, side: 'before' | 'after'): void {
    this.#change((choice) => placed(choice, column, other, side));
  }

  /** null = as wide as it is usually. */
  size(column: FleetColumn, width: number | null): void {
    this.#change((choice) => sized(choice, column, width));
  }

  reset(): void {
    this.#change(() => ({ chosen: null, order: [], widths: {} }));
  }

  #change(change: (choice: ColumnChoice) => ColumnChoice): void {
    void this.#settings.change(({ fleetColumns }) => ({ fleetColumns: change(fleetColumns) }));
  }
}
