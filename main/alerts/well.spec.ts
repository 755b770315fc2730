import { describe, expect, it } from 'vitest';
import type { HappeningKind, HistoryEvent } from '../../bridge/schema/events.js';
import type { PowerState } from '../../bridge/schema/domain.js';
import { anAccount, aServer } from '../../tests/support/entities.js';
import { anEvent } from '../../tests/support/history-events.js';
import { isServerHealthy } from './well.js';

function state(power: PowerState | null, isReady = true) {
  const server = aServer({ id: 'home/1', power: power ?? 'running' });
  const account = anAccount({ id: 'home', ...(isReady ? {} : { state: { kind: 'loading' } }) });
  return {
    accounts: new Map([[account.id, account]]),
    servers: new Map(power === null ? [] : [[server.id, server]]),
  };
}

/** Only the kind and the place of an event matter. */
const ended = (kind: HappeningKind, serverId: string | null = 'home/1'): HistoryEvent =>
  anEvent({ serverId, what: { kind } as HistoryEvent['what'] });

describe('health after the end of an event', () => {
  it.each(['crashed', 'went-offline', 'slow-start', 'restart-failed'] as const)(
    'after %s: if the server runs',
    (kind) => {
      expect(isServerHealthy(state('running'), ended(kind))).toBe(true);
      expect(isServerHealthy(state('offline'), ended(kind))).toBe(false);
      expect(isServerHealthy(state(null), ended(kind))).toBe(false);
    },
  );

  it.each(['limit', 'suspended'] as const)('after %s: if the server exists', (kind) => {
    expect(isServerHealthy(state('offline'), ended(kind))).toBe(true);
    expect(isServerHealthy(state(null), ended(kind))).toBe(false);
  });

  it('after a missing backup: with a newer backup, not with a changed rule', () => {
    const home = state('running');
    const event = anEvent({ serverId: 'home/1', what: { kind: 'backup-overdue', newest: 5 } });
    const newestAt = (at: number) => {
      const lastBackup = { id: 'b', at, bytes: 1, everyMs: null };
      return { ...home, servers: new Map([['home/1', aServer({ id: 'home/1', lastBackup })]]) };
    };
    expect([newestAt(5), newestAt(6), home].map((each) => isServerHealthy(each, event))).toEqual([
      false,
      true,
      false,
    ]);
  });

  it('after an outage of a node: always, because only its answer ends the event', () => {
    expect(isServerHealthy(state(null, false), ended('node-unreachable', null))).toBe(true);
  });

  it.each(['panel-unreachable', 'key-refused', 'certificate'] as const)(
    'after %s: if the panel answers',
    (kind) => {
      expect(isServerHealthy(state(null), ended(kind, null))).toBe(true);
      expect(isServerHealthy(state(null, false), ended(kind, null))).toBe(false);
      const gone = { accounts: new Map<never, never>(), servers: new Map<never, never>() };
      expect(isServerHealthy(gone, ended(kind, null))).toBe(false);
    },
  );
});
