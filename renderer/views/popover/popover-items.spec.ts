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
  ])('of %s is %j: %s', (_, fields, expected) => {
    expect(standsOnTop(aServer(fields))).toBe(expected);
  });

  it('is no question of a server that is gone', () => {
    expect(standsOnTop(undefined)).toBe(false);
  });
});

describe('popoverItems', () => {
  it('shows pins, groups that hold something, panels, and what those have to say', () => {
    expect(keys({})).toEqual([
      ...['pinned', 'b', 'group:g', 'c', 'panel:home', 'a', 'd'],
      ...['panel:slow', 'notice:slow'],
    ]);
  });

  it('puts what crashed on top, once, in the order that is given', () => {
    expect(keys({ top: ['d', 'b'] })).toEqual([
      ...['d', 'b', 'group:g', 'c', 'panel:home', 'a'],
      ...['panel:slow', 'notice:slow'],
    ]);
  });

  it('shows what was found alone, the best first, and crashed ones on top still', () => {
    const found = new Map([
      ['a', 4],
      ['c', 4],
      ['d', 1],
    ] as const);
    expect(keys({ found })).toEqual(['panel:home', 'd', 'a', 'group:g', 'c']);
    expect(keys({ found, top: ['c'] })).toEqual(['c', 'panel:home', 'd', 'a']);
  });

  it('tells of a panel that fails beside those of its servers that were found', () => {
    const accounts = [anAccount({ state: { kind: 'loading' } })];
    expect(keys({ accounts, found: new Map([['a', 1]]) })).toEqual(['panel:home', 'notice:home', 'a']);
  });

  const many = Array.from({ length: 1000 }, (_, at) => ({ id: `s${at}`, accountId: 'home' }));
  const running = many.map(({ id }) => id).slice(100);

  it('lists of many what is in trouble, the pins and those opened last', () => {
    const arrangement = { pins: ['s5', 's9'], groups: [] };
    const accounts = [anAccount()];
    const recent = ['s9', 's7', 's1', 'gone'];
    expect(keys({ servers: many, accounts, arrangement, top: ['s1'], recent, running })).toEqual([
      ...['s1', 'pinned', 's5', 's9', 'recent', 's7'],
      ...['running', 's100', 's101', 's102', 's103'],
    ]);
  });

  it('never lists many from A on, and finds all of them', () => {
    expect(keys({ servers: many, accounts: [anAccount()], running })).toHaveLength(9);
    const found = new Map([['s900', 1]] as const);
    expect(keys({ servers: many, accounts: [anAccount()], running, found })).toEqual(['panel:home', 's900']);
  });

  it('tells of a panel of many that fails, before anything else', () => {
    const accounts = [anAccount({ state: { kind: 'loading' } })];
    expect(keys({ servers: many, accounts, top: ['s1'] })).toEqual(['notice:home', 's1']);
  });
});
