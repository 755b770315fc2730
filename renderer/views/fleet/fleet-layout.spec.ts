import { describe, expect, it } from 'vitest';
import { fleetColumns, type FleetColumn } from '../../../bridge/settings/fleet-columns.js';
import { inOrder, layOut, type LayoutPreferences } from './fleet-layout.js';

function laidOut(width: number, wishes: Partial<LayoutPreferences> = {}) {
  return layOut({
    width,
    nameNeeds: 0,
    hasPanel: true,
    hasPlayers: false,
    hasWhy: false,
    chosen: null,
    order: [],
    widths: {},
    nameTakes: wishes.nameNeeds ?? 0,
    ...wishes,
  });
}

const shownAt = (width: number): readonly FleetColumn[] => laidOut(width).columns;

/** Default columns; some are optional, and the reason belongs to one view only. */
const optional = ['network', 'backup', 'description', 'egg', 'why', 'players'];
const usual = fleetColumns.filter((column) => !optional.includes(column));

describe('layOut', () => {
  it('shows all columns but the network if the window has room, and the panel only if no title names it', () => {
    expect(shownAt(1600)).toEqual(usual);
    expect(laidOut(1600, { hasPanel: false }).columns).not.toContain('panel');
    expect(laidOut(1600, { chosen: ['network'] }).columns).toEqual(['name', 'network']);
  });

  it('has the players where they are counted, or where the column was chosen', () => {
    expect(laidOut(1700, { hasPlayers: true }).columns).toContain('players');
    expect(laidOut(1700, { chosen: ['players'] }).columns).toEqual(['name', 'players']);
    expect(laidOut(1700, { hasPlayers: true, chosen: ['cpu'] }).columns).toEqual(['name', 'cpu']);
    const width = 1280 - 248 - 16 - 11;
    expect(laidOut(width, { hasPlayers: true, hasPanel: false }).columns).toContain('players');
  });

  it('hides columns in a narrow window, but never the state', () => {
    expect(shownAt(1100)).not.toContain('trend');
    expect(shownAt(840)).not.toContain('panel');
    expect(shownAt(300)).toEqual(['name', 'state', 'cpu', 'memory']);
    for (let width = 300; width < 1700; width += 10) {
      const { columns, least, isWide } = laidOut(width);
      expect(isWide).toBe(least > width);
      expect(columns.length).toBeGreaterThanOrEqual(shownAt(width - 10).length);
    }
  });

  it('has address, node and panel beside the usual sidebar in a window of 1,280 px', () => {
    // The sidebar takes 248 px, the sides of the table 16 px, its scroll bar 11 px.
    const width = 1280 - 248 - 16 - 11;
    const always: readonly FleetColumn[] = ['name', 'state', 'cpu', 'memory'];
    expect(shownAt(width)).toEqual([...always, 'disk', 'address', 'node', 'panel']);
    expect(laidOut(width, { hasPanel: false }).columns).toEqual([
      ...always,
      'disk',
      'uptime',
      'address',
      'node',
    ]);
  });

  it.each([
    [676, ['disk']],
    [646, ['uptime']],
    [638, ['node']],
    [806, ['address', 'node']],
    [964, ['uptime', 'address', 'node', 'panel']],
    [1066, ['disk', 'uptime', 'address', 'node', 'panel']],
  ] as const)('leaves no room at %i px for another column beside a whole address', (width, others) => {
    expect(shownAt(width).slice(4)).toEqual(others);
  });

  it('gives free width to names, up to the longest one, before other columns', () => {
    const nameAt = (width: number, nameNeeds: number): number | undefined =>
      Number(/^28px (\d+)px /.exec(laidOut(width, { nameNeeds }).template)?.[1]);
    expect(nameAt(2300, 90)).toBe(160);
    expect(nameAt(2300, 247)).toBe(247);
    expect(nameAt(2300, 900)).toBe(360);
    for (let width = 560; width < 1700; width += 10) {
      const { template, least } = laidOut(width, { nameNeeds: 300 });
      expect(template.startsWith(`28px ${Math.min(300, Math.max(160, 160 + width - least))}px `)).toBe(true);
    }
  });

  it('keeps columns hidden that the state covers if names are long', () => {
    expect(shownAt(676)).toContain('disk');
    expect(laidOut(676, { nameNeeds: 220 }).columns).toEqual(['name', 'state', 'cpu', 'memory']);
  });

  it('gives free width to the reason, and the state only its minimum', () => {
    expect(laidOut(1000, { hasWhy: true }).template).toMatch(/^28px \d+px 140px minmax\(240px, 1fr\)/);
    expect(laidOut(1000).template).toContain(' minmax(140px, 220px) ');
  });

  it('gives free width to panels beside names, without hiding a column', () => {
    const alone = laidOut(616, { hasPanel: false, nameNeeds: 150 });
    const beside = laidOut(616, { hasPanel: false, nameNeeds: 150, nameTakes: 210 });
    expect(beside.columns).toEqual(alone.columns);
    expect(alone.template).toMatch(/^28px 160px /);
    expect(beside.template).toMatch(/^28px 210px /);
  });

  it('keeps room for the panel beside a name only where no column names the panel', () => {
    const long = { nameNeeds: 170, nameTakes: 230 };
    expect(laidOut(2300, long).template).toMatch(/^28px 170px /);
    const narrow = laidOut(700, long);
    expect(narrow.columns).not.toContain('panel');
    expect(narrow.template).toMatch(/^28px 192px /);
  });

  it('shows the reason if the list needs it, whatever columns were chosen, and hides figures for it', () => {
    expect(laidOut(1600, { hasWhy: true }).columns.slice(0, 3)).toEqual(['name', 'state', 'why']);
    expect(laidOut(1600, { hasWhy: true, chosen: ['cpu'] }).columns).toEqual(['name', 'why', 'cpu']);
    expect(laidOut(621, { hasWhy: true })).toMatchObject({
      columns: ['name', 'state', 'why'],
      isWide: false,
    });
    expect(shownAt(1600)).not.toContain('why');
  });

  it('gives the rest of a wide window to the last hour, or leaves it empty', () => {
    const tracks = laidOut(2300).template;
    expect(tracks).toContain(' minmax(120px, 1fr) ');
    expect(tracks).not.toContain('minmax(0, 1fr)');
    const chosen = laidOut(2300, { chosen: ['state'] }).template;
    expect(chosen).toBe('28px 160px minmax(140px, 220px) minmax(0, 1fr) 32px');
  });

  it('shows chosen columns at any width, and scrolls sideways; the name is always chosen', () => {
    const { columns, isWide, least } = laidOut(400, { chosen: ['network', 'node'] });
    expect(columns).toEqual(['name', 'network', 'node']);
    expect(isWide).toBe(true);
    expect(least).toBe(28 + 160 + 180 + 76 + 32);
    expect(laidOut(510, { chosen: ['network', 'node'] }).isWide).toBe(false);
  });

  it('uses a width chosen by the user', () => {
    const { template, least } = laidOut(400, { chosen: ['node'], widths: { name: 90, node: 300 } });
    expect(template).toBe('28px 90px 300px minmax(0, 1fr) 32px');
    expect(least).toBe(28 + 90 + 300 + 32);
  });

  it('keeps room for the word of a state, whatever width was chosen', () => {
    const { template, least } = laidOut(600, { chosen: ['state'], widths: { state: 48 } });
    expect(template).toContain(' 140px ');
    expect(least).toBe(28 + 160 + 140 + 32);
    expect(laidOut(600, { chosen: ['state'], widths: { state: 300 } }).template).toContain(' 300px ');
  });

  it('shows all columns before the width is known', () => {
    expect(laidOut(0)).toMatchObject({ columns: usual, isWide: false });
  });
});

describe('inOrder', () => {
  it('begins with the name, and puts other columns after their default neighbour', () => {
    expect(inOrder([])).toEqual(fleetColumns);
    const order = inOrder(['node', 'state', 'name']);
    expect(order.slice(0, 3)).toEqual(['name', 'node', 'panel']);
    expect(order.slice(3, 5)).toEqual(['state', 'why']);
    expect(new Set(order)).toEqual(new Set(fleetColumns));
  });
});
