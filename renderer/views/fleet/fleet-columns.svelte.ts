/** Visible columns of the table and the user's changes to them; stored in the settings. */
import { besideText } from '../../../bridge/fleet/beside-names.js';
import type { FleetColumn } from '../../../bridge/settings/fleet-columns.js';
import type { FleetFeed } from '../../state/fleet/fleet-feed.svelte.js';
import type { SettingsFeed } from '../../state/feeds/settings-feed.svelte.js';
import { isUsual, neighbour, placed, sized, toggledColumn, type ColumnChoice } from './column-choice.js';
import { textWidths } from '../../ui/text/text-width.js';
import { idSet } from './id-sets.js';
import { layOut, type FleetLayout } from './fleet-layout.js';
import type { FleetTable } from './fleet-table.svelte.js';

/** Pixels beside a name: cell padding, game icon, pin, and the gap before the panel. */
const padding = 16;
const gameWidth = 22;
const pinWidth = 18;
const gap = 6;

export class FleetColumns {
  /** Width of the table in pixels; 0 while unknown. */
  width = $state(0);
  /** Width during a drag; each change of the settings would write a file. */
  resizing = $state.raw<{ readonly column: FleetColumn; readonly width: number } | null>(null);

  /** Whether the table needs a panel column: several panels, and no title names them. */
  readonly hasPanel: boolean = $derived.by(() => {
    const { section, isAttention, isGrouped } = this.table;
    const isBelowTitles = section === null ? isGrouped && !isAttention : section.accountId !== null;
    return this.fleet.accounts.length > 1 && !isBelowTitles;
  });
  readonly #nameNeeds: number = $derived.by(() => this.#widestName(() => true));
  /** Width of the longest name cell with the panel beside each name that is under no panel title. */
  readonly #nameTakes: number = $derived.by(() => {
    if (this.fleet.accounts.length < 2) return this.#nameNeeds;
    if (this.hasPanel) return this.#widestName(() => false);
    if (this.table.section !== null) return this.#nameNeeds;
    const { pins, groups } = this.settings.current;
    const arranged = idSet([...pins, ...groups.flatMap(({ serverIds }) => serverIds)]);
    return this.#widestName((id) => !arranged.has(id));
  });
  readonly #choice: ColumnChoice = $derived.by(() => this.settings.current.fleetColumns);
  readonly isUsual: boolean = $derived(isUsual(this.#choice));
  readonly layout: FleetLayout = $derived.by(() => {
    const { width, hasPanel, resizing } = this;
    const choice = resizing === null ? this.#choice : sized(this.#choice, resizing.column, resizing.width);
    return layOut({
      width,
      nameNeeds: this.#nameNeeds,
      nameTakes: this.#nameTakes,
      hasPanel,
      hasPlayers: this.fleet.countsPlayers,
      hasWhy: this.table.isAttention,
      ...choice,
    });
  });

  constructor(
    private readonly fleet: FleetFeed,
    private readonly settings: SettingsFeed,
    private readonly table: Pick<FleetTable, 'section' | 'isAttention' | 'isGrouped'>,
  ) {}

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
    const isWanted = this.#choice.chosen?.includes('panel') ?? true;
    // A table that is grouped by panel hides the panel column, but the user's choice of this column stays.
    const shown = !this.hasPanel && isWanted ? [...columns, 'panel' as const] : columns;
    this.#change((choice) => toggledColumn(choice, shown, column));
  }

  step(column: FleetColumn, step: 1 | -1): boolean {
    const other = neighbour(this.layout.columns, column, step);
    if (other !== null) this.place(column, other, step === 1 ? 'after' : 'before');
    return other !== null;
  }

  place(column: FleetColumn, other: FleetColumn, side: 'before' | 'after'): void {
    this.#change((choice) => placed(choice, column, other, side));
  }

  /** Sets a width; null = default width. */
  size(column: FleetColumn, width: number | null): void {
    this.#change((choice) => sized(choice, column, width));
  }

  reset(): void {
    this.#change(() => ({ chosen: null, order: [], widths: {} }));
  }

  #change(change: (choice: ColumnChoice) => ColumnChoice): void {
    void this.settings.change(({ fleetColumns }) => ({ fleetColumns: change(fleetColumns) }));
  }

  /** Pixels that the cell of the longest name needs. */
  #widestName(isPanelSaid: (id: string) => boolean): number {
    const { inOrder, beside, knowsGames } = this.fleet;
    const font = getComputedStyle(document.body).fontFamily;
    const names = textWidths(
      inOrder.map(({ name }) => name),
      `500 13px ${font}`,
    );
    const besides = textWidths(
      inOrder.map(({ id }) => besideText(beside.get(id), isPanelSaid(id))),
      `12px ${font}`,
    );
    const pins = idSet(this.settings.current.pins);
    const texts = inOrder.map(({ id }, at) => {
      const other = besides[at] ?? 0;
      return (names[at] ?? 0) + (other === 0 ? 0 : gap + other) + (pins.has(id) ? pinWidth : 0);
    });
    return Math.max(0, ...texts) + padding + (knowsGames ? gameWidth : 0);
  }
}
