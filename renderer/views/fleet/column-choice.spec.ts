import { describe, expect, it } from 'vitest';
import type { FleetColumn } from '../../../bridge/settings/fleet-columns.js';
import { settingsSchema } from '../../../bridge/schema/settings.js';
import { isUsual, neighbour, placed, sized, toggledColumn, type ColumnChoice } from './column-choice.js';
import { inOrder } from './fleet-layout.js';

const usual: ColumnChoice = { chosen: null, order: [], widths: {} };
const shown: readonly FleetColumn[] = ['name', 'state', 'cpu', 'memory'];

describe('the columns that a person has', () => {
  it('are the shown columns, with one more or less, and always the name', () => {
    expect(toggledColumn(usual, shown, 'node').chosen).toEqual([...shown, 'node']);
    expect(toggledColumn(usual, shown, 'cpu').chosen).toEqual(['name', 'state', 'memory']);
    expect(toggledColumn(usual, shown, 'name')).toBe(usual);
  });

  it('stay where they were put, after the name', () => {
    const order = (choice: ColumnChoice): readonly FleetColumn[] =>
      inOrder(choice.order)
        .filter((column) => column !== 'why')
        .slice(0, 4);
    expect(order(placed(usual, 'memory', 'state', 'before'))).toEqual(['name', 'memory', 'state', 'cpu']);
    expect(order(placed(usual, 'state', 'cpu', 'after'))).toEqual(['name', 'cpu', 'state', 'memory']);
    expect(order(placed(usual, 'cpu', 'name', 'before'))).toEqual(['name', 'cpu', 'state', 'memory']);
    expect(placed(usual, 'name', 'cpu', 'after')).toBe(usual);
  });

  it('move by one place among the shown columns', () => {
    expect(neighbour(shown, 'cpu', -1)).toBe('state');
    expect(neighbour(shown, 'state', -1)).toBeNull();
    expect(neighbour(shown, 'memory', 1)).toBeNull();
    expect(neighbour(shown, 'name', 1)).toBeNull();
  });

  it('are as wide as chosen, within the limits of the settings', () => {
    const wide = sized(usual, 'node', 300.4);
    expect(wide.widths).toEqual({ node: 300 });
    expect(sized(wide, 'node', 5).widths).toEqual({ node: 48 });
    expect(sized(wide, 'node', 9000).widths).toEqual({ node: 1200 });
    expect(isUsual(wide)).toBe(false);
    expect(isUsual(sized(wide, 'node', null))).toBe(true);
    const kept = settingsSchema.parse({ fleetColumns: sized(wide, 'cpu', 0) });
    expect(kept.fleetColumns.widths).toEqual({ node: 300, cpu: 48 });
  });
});
