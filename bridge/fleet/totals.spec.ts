import { verbatim } from '../../messages/messages.js';
import { describe, expect, it } from 'vitest';
import { applyChanges, emptyFleet } from './changes.js';
import type { Account, Server } from '../schema/domain.js';
import { fleetTotals } from './totals.js';
import { anAccount, aServer } from '../../tests/support/entities.js';

const problem = {
  code: 'panel-unreachable' as const,
  message: verbatim('No answer.'),
  next: verbatim('Wait.'),
};

function fleet(servers: Partial<Server>[], account: Partial<Account> = {}) {
  return applyChanges(emptyFleet, [
    { kind: 'account-upserted', account: anAccount(account) },
    ...servers.map((fields, index) => ({
      kind: 'server-upserted' as const,
      server: aServer({ ...fields, id: `home/${index}` }),
    })),
  ]);
}

const running: Partial<Server> = { power: 'running' };
const crashed: Partial<Server> = { power: 'offline', crashedAt: 5 };

describe('fleetTotals', () => {
  it.each<[string, Partial<Server>[], string]>([
    ['nothing', [], 'offline'],
    ['offline', [{ power: 'offline' }], 'offline'],
    ['running above offline', [{ power: 'offline' }, running], 'running'],
    ['busy above running', [running, { power: 'starting' }], 'busy'],
    ['installing as busy', [running, { condition: 'installing' }], 'busy'],
    ['unknown above busy', [{ power: null }, { power: 'starting' }], 'unknown'],
    ['crashed above all', [{ power: null }, crashed, running], 'crashed'],
    ['suspended not at all', [{ condition: 'suspended', power: null }, running], 'running'],
  ])('counts %s', (_name, servers, worst) => {
    expect(fleetTotals(fleet(servers)).worst).toBe(worst);
  });

  it('reports a failing panel without servers', () => {
    const totals = fleetTotals(fleet([], { state: { kind: 'failed', problem, retryAt: 0 } }));
    expect(totals).toMatchObject({ worst: 'unknown', failedAccounts: 1, servers: 0 });
  });

  it('counts a panel without an answer as unknown', () => {
    const totals = fleetTotals(fleet([running], { state: { kind: 'loading' } }));
    expect(totals).toMatchObject({ worst: 'unknown', failedAccounts: 0 });
  });

  it('counts unreachable servers under the word of their row, with the rank of unknown', () => {
    const failed = fleet([{ ...running }, { power: null }], {
      state: { kind: 'failed', problem, retryAt: 0 },
    });
    expect(fleetTotals(failed)).toMatchObject({ worst: 'unknown', counts: { unreachable: 2, unknown: 0 } });
  });

  it('adds up counts and figures', () => {
    const usage = {
      at: 1,
      cpuPercent: 12.5,
      memoryBytes: 100,
      memoryLimitBytes: null,
      diskBytes: 7,
      networkRxBytes: 0,
      networkTxBytes: 0,
      uptimeMs: 1,
    };
    const totals = fleetTotals(fleet([{ ...running, usage }, { ...running, usage }, crashed]));
    expect(totals.counts).toMatchObject({ running: 2, crashed: 1, offline: 0 });
    expect(totals).toMatchObject({ cpuPercent: 25, memoryBytes: 200, servers: 3 });
  });
});
