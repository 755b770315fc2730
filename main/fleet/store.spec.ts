import { describe, expect, it } from 'vitest';
import type { Change } from '../../bridge/fleet/changes.js';
import type { Server } from '../../bridge/schema/domain.js';
import { anAccount, aServer } from '../../tests/support/entities.js';
import { FleetStore } from './store.js';

const limits = { cpuPercent: 100, memoryBytes: null, diskBytes: null };

function rig() {
  const store = new FleetStore();
  const told: Change['kind'][][] = [];
  store.apply([{ kind: 'account-upserted', account: anAccount() }]);
  store.listen(({ changes }) => told.push(changes.map(({ kind }) => kind)));
  const put = (fields: Partial<Server> = {}): void =>
    store.apply([
      { kind: 'server-upserted', server: aServer({ id: 'a', power: 'running', limits, ...fields }) },
    ]);
  const uses = (cpuPercent: number): void =>
    store.apply([
      {
        kind: 'usage',
        serverId: 'a',
        usage: {
          at: 0,
          cpuPercent,
          memoryBytes: 1,
          memoryLimitBytes: null,
          diskBytes: 1,
          networkRxBytes: 0,
          networkTxBytes: 0,
          uptimeMs: 0,
        },
      },
    ]);
  const near = (): readonly string[] => store.state.servers.get('a')?.near ?? [];
  return { store, put, uses, near, told };
}

describe('the limits that a server is near', () => {
  it('begin at 80 %, end below 75 %, and are sent with the figures', () => {
    const { put, uses, near, told } = rig();
    put();
    const seen = [79, 80, 76, 75, 74, 79].map((cpu) => {
      uses(cpu);
      return near().join();
    });
    expect(seen).toEqual(['', 'cpu', 'cpu', 'cpu', '', '']);
    expect(told.slice(1).map((kinds) => kinds.length)).toEqual([1, 2, 1, 1, 2, 1]);
  });

  it('outlive a new description by the panel, and end with the process', () => {
    const { store, put, uses, near } = rig();
    put();
    uses(85);
    const { usage = null } = store.state.servers.get('a') ?? {};
    uses(77);
    put({ usage: usage === null ? null : { ...usage, cpuPercent: 77 } });
    expect(near()).toEqual(['cpu']);
    store.apply([{ kind: 'server-patched', serverId: 'a', patch: { power: 'offline' } }]);
    expect(near()).toEqual([]);
  });

  it('go with the server', () => {
    const { store, put, uses, near } = rig();
    put();
    uses(85);
    store.apply([{ kind: 'server-removed', serverId: 'a' }]);
    put();
    uses(77);
    expect(near()).toEqual([]);
  });
});
