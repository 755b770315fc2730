import { describe, expect, it } from 'vitest';
import { anEvent } from '../../tests/support/history-events.js';
import { eventPlacesOf, isOfServer, seenFrom, withoutAccounts } from './event-places.js';

const home = { accountId: 'home', serverId: 'home/1' };
const work = { accountId: 'work', serverId: 'work/1' };
const club = { accountId: 'club', serverId: 'club/1' };
const alone = anEvent(home);
const shared = anEvent({ ...home, also: [work, club] });

describe('an event that several accounts see', () => {
  it('has its own place first', () => {
    expect(eventPlacesOf(alone)).toEqual([home]);
    expect(eventPlacesOf(shared)).toEqual([home, work, club]);
  });

  it('is of the server of each place', () => {
    expect(['home/1', 'work/1', 'home/2'].map((id) => isOfServer(shared, id))).toEqual([true, true, false]);
    expect(isOfServer(alone, 'work/1')).toBe(false);
  });

  it('is seen from the first place that fits, beside the others', () => {
    expect(seenFrom(shared, ({ accountId }) => accountId !== 'home')).toEqual({
      ...shared,
      ...work,
      also: [home, club],
    });
    expect(seenFrom(shared, () => false)).toBeUndefined();
    expect(seenFrom(alone, () => true)).toEqual(alone);
    expect(seenFrom(alone, () => true)).not.toHaveProperty('also');
  });

  it('stays with the remaining accounts', () => {
    expect(withoutAccounts(shared, (id) => id === 'home')).toEqual({ ...shared, ...work, also: [club] });
    const last = withoutAccounts(shared, (id) => id !== 'club');
    expect(last).toMatchObject(club);
    expect(last).not.toHaveProperty('also');
    expect(withoutAccounts(shared, () => true)).toBeUndefined();
    expect(withoutAccounts(shared, (id) => id === 'other')).toBe(shared);
  });
});
