import { describe, expect, it } from 'vitest';
import type { Server } from '../../../bridge/schema/domain.js';
import { anAccount, aServer, playersOnline } from '../../../tests/support/entities.js';
import { onlyServer, trayServerEntry, type EntryFacts } from './server-entry.js';

const none: EntryFacts = {
  account: anAccount(),
  beside: undefined,
  isBelowPanel: false,
  asks: { confirmStop: false, confirmRestart: false },
  isLeftOut: false,
  isChanged: false,
  players: null,
};

/** Label and submenu up to the first separator; entries that can't be pressed are in brackets. */
function shown(
  fields: Partial<Server>,
  facts: Partial<EntryFacts> = {},
): { label: string; signals: string[] } {
  const entry = trayServerEntry(aServer(fields), { ...none, ...facts });
  if (entry.kind !== 'submenu') throw new Error('a server is a submenu');
  const first = entry.entries.findIndex(({ kind }) => kind === 'separator');
  const signals = entry.entries.slice(0, first).map((one) => {
    if (one.kind === 'separator') return '---';
    return one.kind === 'text' ? `(${one.label})` : one.label;
  });
  return { label: entry.label, signals };
}

describe('serverEntry', () => {
  const crash = { power: 'offline', crashedAt: 1 } as const;
  it.each<[string, Partial<Server>, string]>([
    ['running', { power: 'running' }, '● Survival — running'],
    ['starting', { power: 'starting' }, '◐ Survival — starting'],
    ['stopping', { power: 'stopping' }, '◐ Survival — stopping'],
    ['told to stop', { power: 'running', pending: { signal: 'stop', since: 0 } }, '◐ Survival — stopping'],
    ['offline', { power: 'offline' }, '○ Survival — offline'],
    ['crashed', crash, '▲ Survival — crashed'],
    ['installing', { condition: 'installing' }, '↓ Survival — installing'],
    ['suspended', { condition: 'suspended' }, '▬ Survival — suspended'],
    ['loading', { power: null }, '◌ Survival — loading'],
  ])('shows a server that is %s by shape and word', (_name, fields, label) => {
    expect(shown(fields).label).toBe(label);
  });

  it('names the players', () => {
    const players = (count: number, slots: number | null) =>
      shown({ power: 'running' }, { players: playersOnline(count, { slots }) }).label;
    expect(players(12, 40)).toBe('● Survival — running · 12 of 40 players');
    expect(players(1, null)).toBe('● Survival — running · 1 player');
  });

  it.each([
    ['console', '(Players counted from the console)'],
    ['query', '(Players reported by the game in the last few minutes)'],
    ['panel', '(Players reported by the panel in the last few minutes)'],
  ] as const)('says that the number of players comes from the %s', (source, label) => {
    const players = playersOnline(12, { source });
    expect(shown({ power: 'running' }, { players }).signals).toEqual([label]);
    expect(onlyServer(aServer({ power: 'running' }), { ...none, players })[0]?.[1]?.kind).toBe('text');
  });

  const mayNot = ['websocket.connect'];
  it.each<[string, Partial<Server>, string[]]>([
    ['the state alone needs no reason', { power: 'offline' }, ['Start', 'Restart']],
    ['of what stops only a kill is left', { power: 'stopping' }, ['Kill…']],
    [
      'one permission',
      { permissions: ['control.start', 'control.restart'], power: 'running' },
      ['Restart', '(Your key lacks the permission control.stop)'],
    ],
    [
      'several permissions, each once',
      { permissions: mayNot, power: 'running' },
      ['(Your key lacks the permissions control.stop and control.restart)'],
    ],
    [
      'no permission that the state makes useless',
      { permissions: mayNot, power: 'stopping' },
      ['(Your key lacks the permission control.stop)'],
    ],
    ['the condition, once', { condition: 'suspended' }, ['(The server is suspended)']],
    [
      'an action on its way',
      { power: 'offline', pending: { signal: 'start', since: 0 } },
      ['(Waiting for the last action to finish)'],
    ],
    [
      'a permission, and an action on its way',
      {
        power: 'running',
        permissions: ['control.stop'],
        pending: { signal: 'stop', since: 0 },
      },
      ['Kill…', '(Your key lacks the permission control.restart · Waiting for the last action to finish)'],
    ],
  ])('hides impossible signals, with one line of reasons: %s', (_name, fields, expected) => {
    expect(shown(fields).signals).toEqual(expected);
  });

  it('has an ellipsis if a question follows', () => {
    const of = (asks: EntryFacts['asks']): string[] => shown({ power: 'running' }, { asks }).signals;
    expect(of({ confirmStop: true, confirmRestart: false })).toEqual(['Stop…', 'Restart', 'Kill…']);
    expect(of({ confirmStop: false, confirmRestart: true })).toEqual(['Stop', 'Restart…', 'Kill…']);
  });

  it('keeps a name on its line', () => {
    const { label } = shown({ name: `Rock & Roll\n\u202eQuit\u0007${'x'.repeat(100)}` });
    expect(label).toMatch(/^○ Rock && Roll Quit x+… — offline$/);
    expect(label.length).toBeLessThan(80);
    expect(shown({ name: '\u200b', identifier: '1a2b3c4d' }).label).toBe('○ 1a2b3c4d — offline');
    const beside = { panel: `A & B\n\u202e${'y'.repeat(100)}`, identifier: null, isUnique: true };
    expect(shown({}, { beside }).label).toMatch(/^○ Survival — A && B y+… · offline$/);
  });

  it.each([true, false])('brings a server back only while a quiet backup has changed it: %s', (isChanged) => {
    const entry = trayServerEntry(aServer(), { ...none, isChanged });
    const labels = entry.kind === 'submenu' ? entry.entries.map((one) => 'label' in one && one.label) : [];
    expect(labels.includes('Bring the server back now')).toBe(isChanged);
  });

  it.each<[string, Partial<Server>, boolean]>([
    ['a server', {}, true],
    ['a server without the permission', { permissions: ['control.start'] }, false],
    ['a suspended server', { condition: 'suspended' }, false],
    ['a server whose host allows no backups', { limits: { ...aServer().limits, backups: 0 } }, false],
  ])('offers a backup of %s only if it can be made', (_name, fields, isOffered) => {
    const entry = trayServerEntry(aServer(fields), none);
    const labels = entry.kind === 'submenu' ? entry.entries.map((one) => 'label' in one && one.label) : [];
    expect(labels.includes('Back up now')).toBe(isOffered);
  });
});
