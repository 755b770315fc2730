import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anEntry } from '../../tests/support/some-week.js';
import { overlapMs, overlapsOf } from './overlaps.js';
import type { WeekEntry } from './week-entries.js';

const minute = 60_000;
const oneNode = (): string => 'n';
const counts = (entries: readonly WeekEntry[], nodeOf: (id: string) => string | null = oneNode) => {
  const found = overlapsOf(entries, nodeOf);
  return entries.map(({ key }) => found.get(key) ?? 0);
};

describe('overlaps', () => {
  it('are heavy acts of several servers of one node within ten minutes', () => {
    const [one, two, three] = [0, 9, 18].map((at, id) =>
      anEntry({ at: at * minute, serverId: `home/${id}` }),
    );
    if (one === undefined || two === undefined || three === undefined) throw new Error('Three entries.');
    expect(counts([one, two, three])).toEqual([2, 3, 2]);
    expect(counts([one, three])).toEqual([0, 0]);
  });

  it('are none of one server, of other nodes, and of unknown nodes', () => {
    const same = [anEntry({ at: 0 }), anEntry({ at: minute })];
    expect(counts(same)).toEqual([0, 0]);
    const two = [anEntry({ serverId: 'home/1' }), anEntry({ serverId: 'home/2' })];
    expect(counts(two, (id) => id)).toEqual([0, 0]);
    expect(counts(two, () => null)).toEqual([0, 0]);
    expect(counts(two)).toEqual([2, 2]);
  });

  it('are none of commands and stops', () => {
    for (const act of ['command', 'stop', 'other'] as const) {
      const two = [anEntry({ serverId: 'home/1', acts: [act] }), anEntry({ serverId: 'home/2' })];
      expect(counts(two)).toEqual([0, 0]);
    }
  });

  it('are the same as counted one by one', () => {
    const entry = fc.record({ at: fc.integer({ min: 0, max: 60 }), server: fc.nat(5), node: fc.nat(1) });
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 40 }), (facts) => {
        const entries = facts.map(({ at, server, node }, index) =>
          anEntry({ at: at * minute, serverId: `${node}/${server}`, key: String(index) }),
        );
        const nodeOf = (id: string): string => id.slice(0, 1);
        const naive = entries.map(({ at, serverId }) => {
          const near = entries.filter(
            (one) => nodeOf(one.serverId) === nodeOf(serverId) && Math.abs(one.at - at) < overlapMs,
          );
          const servers = new Set(near.map((one) => one.serverId)).size;
          return servers > 1 ? servers : 0;
        });
        expect(counts(entries, nodeOf)).toEqual(naive);
      }),
    );
  });
});
