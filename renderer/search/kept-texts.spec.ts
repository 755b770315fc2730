import { describe, expect, it } from 'vitest';
import { anAccount, aServer } from '../../tests/support/entities.js';
import { KeptTexts } from './kept-texts.js';
import type { ServerFacts } from './server-text.js';

const survival: ServerFacts = { server: aServer(), account: anAccount(), group: undefined, state: 'offline' };
const lobby: ServerFacts = { ...survival, server: aServer({ id: 'lobby', name: 'Lobby' }) };

describe('KeptTexts', () => {
  it('returns the same list without a change', () => {
    const kept = new KeptTexts();
    const first = kept.of([survival, lobby]);
    expect(kept.of([{ ...survival, account: anAccount() }, { ...lobby }])).toBe(first);
  });

  it.each<[string, Partial<ServerFacts>]>([
    ['state', { state: 'running' }],
    ['group', { group: 'Events' }],
    ['name of its panel', { account: anAccount({ label: 'Mine' }) }],
    ['address of its panel', { account: anAccount({ panelUrl: 'https://other.example.com' }) }],
    ['listing', { server: aServer({ name: 'Renamed' }) }],
  ])('rebuilds the text of a server after a change of its %s, and no other text', (_, change) => {
    const kept = new KeptTexts();
    const [before, other] = kept.of([survival, lobby]);
    const [after, same] = kept.of([{ ...survival, ...change }, lobby]);
    expect(after).not.toEqual(before);
    expect(same).toBe(other);
  });

  it('follows added, removed and moved servers', () => {
    const kept = new KeptTexts();
    const ids = (...facts: ServerFacts[]): string[] => kept.of(facts).map(({ id }) => id);
    expect(ids(survival)).toEqual([survival.server.id]);
    expect(ids(lobby, survival)).toEqual(['lobby', survival.server.id]);
    expect(ids(survival, lobby)).toEqual([survival.server.id, 'lobby']);
    expect(ids(lobby)).toEqual(['lobby']);
  });
});
