import { describe, expect, it } from 'vitest';
import type { Server } from '../../../bridge/schema/domain.js';
import type { BulkItem } from '../../../bridge/schema/bulk.js';
import { aServer } from '../../../tests/support/entities.js';
import { nextTurn } from './bulk-turn.js';
import { saying } from '../../../tests/support/spoken-problem.js';

const from = 1000;

/** Stop of running servers: `work/1` is a server of the account `work`. */
function turnOf(
  ids: string[],
  {
    restUntil = {},
    servers = {},
    outcomes = {},
  }: {
    restUntil?: Record<string, number>;
    servers?: Record<string, Partial<Server> | null>;
    outcomes?: Record<string, BulkItem['outcome']>;
  } = {},
) {
  const items = ids.map((serverId): BulkItem => {
    return { serverId, name: serverId, outcome: outcomes[serverId] ?? 'waiting', problem: null };
  });
  const known = ids.flatMap((id): [string, Server][] => {
    const fields = servers[id];
    if (fields === null) return [];
    return [[id, aServer({ id, accountId: id.split('/')[0] ?? '', power: 'running', ...fields })]];
  });
  const facts = { servers: new Map(known), restUntil: new Map(Object.entries(restUntil)), from };
  const { items: after, next } = nextTurn({ items, action: 'stop' }, facts);
  return { next, outcomes: after.map(({ outcome }) => outcome), items: after, before: items };
}

describe('nextTurn', () => {
  it('is the first waiting server', () => {
    const { next, items, before } = turnOf(['home/1', 'home/2', 'home/3'], {
      outcomes: { 'home/1': 'done' },
    });
    expect(next).toEqual({ serverId: 'home/2', at: from });
    expect(items.every((item, index) => item === before[index])).toBe(true);
  });

  it('is null without waiting servers', () => {
    expect(turnOf(['home/1'], { outcomes: { 'home/1': 'sent' } }).next).toBeNull();
    expect(turnOf([]).next).toBeNull();
  });

  it('skips earlier servers that need no signal, and judges no later server', () => {
    const offline = { power: 'offline' } as const;
    const { next, outcomes, items } = turnOf(['home/1', 'home/2', 'home/3'], {
      servers: { 'home/1': offline, 'home/3': offline },
    });
    expect(next).toEqual({ serverId: 'home/2', at: from });
    expect(outcomes).toEqual(['skipped', 'waiting', 'waiting']);
    expect(items[0]?.problem?.message).toEqual(saying('The server is offline.'));
  });

  it('is a server of the next panel while one panel pauses', () => {
    const { next } = turnOf(['home/1', 'home/2', 'work/1', 'work/2'], { restUntil: { home: 5000 } });
    expect(next).toEqual({ serverId: 'work/1', at: from });
  });

  it.each([from - 1, from])('is a server of a panel whose pause ended at %i', (end) => {
    const { next } = turnOf(['home/1', 'work/1'], { restUntil: { home: end } });
    expect(next).toEqual({ serverId: 'home/1', at: from });
  });

  it('waits for the shortest pause if all panels pause', () => {
    const restUntil = { home: 9000, work: 5000 };
    const { next } = turnOf(['home/1', 'work/1', 'work/2', 'home/2'], { restUntil });
    expect(next).toEqual({ serverId: 'work/1', at: 5000 });
    const tie = turnOf(['home/1', 'work/1'], { restUntil: { home: 5000, work: 5000 } });
    expect(tie.next).toEqual({ serverId: 'home/1', at: 5000 });
  });

  it('ignores panels whose servers need no signal', () => {
    const { next, outcomes } = turnOf(['home/1', 'work/1'], {
      restUntil: { home: 5000, work: 9000 },
      servers: { 'home/1': { power: 'offline' } },
    });
    expect(next).toEqual({ serverId: 'work/1', at: 9000 });
    expect(outcomes).toEqual(['skipped', 'waiting']);
  });

  it('judges no server after a waiting server of the same panel', () => {
    const { outcomes } = turnOf(['home/1', 'home/2', 'work/1'], {
      restUntil: { home: 5000 },
      servers: { 'home/2': { condition: 'installing' } },
    });
    expect(outcomes).toEqual(['waiting', 'waiting', 'waiting']);
  });

  it('includes a removed server of an unknown panel', () => {
    const { next } = turnOf(['home/1', 'home/2'], { restUntil: { home: 5000 }, servers: { 'home/2': null } });
    expect(next).toEqual({ serverId: 'home/2', at: from });
  });
});
