import { describe, expect, it } from 'vitest';
import { anAccount, aServer } from '../../../tests/support/entities.js';
import { popoverItems, standsOnTop, type PopoverWorld } from './popover-items.js';

const world: PopoverWorld = {
  servers: ['a', 'b', 'c', 'd'].map((id) => ({ id, accountId: 'home' })),
  accounts: [anAccount(), anAccount({ id: 'slow', state: { kind: 'loading' } })],
  arrangement: {
    pins: ['b'],
    groups: [
      { id: 'g', name: 'Events', isCollapsed: false, serverIds: ['c'] },
      { id: 'none', name: 'Nobody', isCollapsed: false, serverIds: [] },
    ],
  },
  top: [],
  found: null,
  recent: [],
  running: [],
};
const keys = (change: Partial<PopoverWorld>): string[] =>
  popoverItems({ ...world, ...change }).map(({ key }) => key);

describe('standsOnTop', () => {
  it.each([
    ['a server that has crashed', { crashedAt: 5, power: 'offline' as const }, true],
    ['one that is on its way up again', { crashedAt: 5, power: 'starting' as const }, true],
    ['one that runs again', { crashedAt: 5, power: 'running' as const }, false],
    ['one that is offline', { crashedAt: null, power: 'offline' as const }, false],
  ])('is decided for %s as %j: %s', (_, fields, expected) => {
    expect(standsOnTop(aServer(fields))).toBe(expected);
  });

  it('is false for a removed server', () => {
    expect(standsOnTop(undefined)).toBe(false);
  });
});

describe('popoverItems', () => {
  it('shows pins, non-empty groups, panels, and their notices', () => {
    expect(keys({})).toEqual([
      ...['pinned', 'b', 'group:g', 'c', 'panel:home', 'a', 'd'],
      ...['panel:slow', 'notice:slow'],
    ]);
  });

  it('lists crashed servers on top, once, in the given order', () => {
    expect(keys({ top: ['d', 'b'] })).toEqual([
      ...['d', 'b', 'group:g', 'c', 'panel:home', 'a'],
      ...['panel:slow', 'notice:slow'],
    ]);
  });

  it('lists the matches, best first, with crashed servers still on top', () => {
    const found = new Map([
      ['a', 4],
      ['c', 4],
      ['d', 1],
    ] as const);
    expect(keys({ found })).toEqual(['panel:home', 'd', 'a', 'group:g', 'c']);
    expect(keys({ found, top: ['c'] })).toEqual(['c', 'panel:home', 'd', 'a']);
  });

  it('shows a failing panel beside its matching servers', () => {
    const accounts = [anAccount({ state: { kind: 'loading' } })];
    expect(keys({ accounts, found: new Map([['a', 1]]) })).toEqual(['panel:home', 'notice:home', 'a']);
  });

  const many = Array.from({ length: 1000 }, (_, at) => ({ id: `s${at}`, accountId: 'home' }));
  const running = many.map(({ id }) => id).slice(100);

  it('lists trouble, pins and recently opened servers of a large fleet', () => {
    const arrangement = { pins: ['s5', 's9'], groups: [] };
    const accounts = [anAccount()];
    const recent = ['s9', 's7', 's1', 'gone'];
    expect(keys({ servers: many, accounts, arrangement, top: ['s1'], recent, running })).toEqual([
      ...['s1', 'pinned', 's5', 's9', 'recent', 's7'],
      ...['running', 's100', 's101', 's102', 's103'],
    ]);
  });

  it('never lists a large fleet alphabetically, and finds all servers', () => {
    expect(keys({ servers: many, accounts: [anAccount()], running })).toHaveLength(9);
    const found = new Map([['s900', 1]] as const);
    expect(keys({ servers: many, accounts: [anAccount()], running, found })).toEqual(['panel:home', 's900']);
  });

  it('shows a failing panel of a large fleet first', () => {
    const accounts = [anAccount({ state: { kind: 'loading' } })];
    expect(keys({ servers: many, accounts, top: ['s1'] })).toEqual(['notice:home', 's1']);
  });
});
