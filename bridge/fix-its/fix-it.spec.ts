import { describe, expect, it } from 'vitest';
import { shownFixIt } from './fix-it.js';
import type { FixIt } from '../schema/fix-its.js';

const eula: FixIt = { kind: 'eula', at: 1, lines: ['x'] };

describe('shownFixIt', () => {
  it('shows a finding until the server runs', () => {
    expect(shownFixIt({ id: 's', power: 'offline', fixIt: eula }, [], null)).toBe(eula);
    expect(shownFixIt({ id: 's', power: 'starting', fixIt: eula }, [], 5)).toBe(eula);
    expect(shownFixIt({ id: 's', power: 'running', fixIt: eula }, [], null)).toBeNull();
    expect(shownFixIt({ id: 's', power: 'offline' }, [], null)).toBeNull();
  });

  it('names a start that does not finish', () => {
    expect(shownFixIt({ id: 's', power: 'starting' }, [], 5)).toEqual({ kind: 'never-up', at: 5, lines: [] });
    expect(shownFixIt({ id: 's', power: 'offline' }, [], 5)).toBeNull();
  });

  it('hides a dismissed kind for this server only', () => {
    const server = { id: 's', power: 'offline', fixIt: eula };
    expect(shownFixIt(server, [{ serverId: 's', kind: 'eula' }], null)).toBeNull();
    expect(shownFixIt(server, [{ serverId: 's', kind: 'java' }], null)).toBe(eula);
    expect(shownFixIt(server, [{ serverId: 'other', kind: 'eula' }], null)).toBe(eula);
  });
});
