import { beforeEach, describe, expect, it, vi } from 'vitest';
import { anAccount, aServer } from '../../../tests/support/entities.js';
import { FakeClock } from '../../../tests/support/fake-clock.js';
import type { PowerState } from '../../../bridge/schema/domain.js';
import { FleetStore } from '../../fleet/store.js';
import { BulkFollower } from './bulk-follower.js';
import { BulkLedger } from './bulk-ledger.js';

const server = aServer({ power: 'running' });
let clock: FakeClock;
let store: FleetStore;
let ledger: BulkLedger;
let follower: BulkFollower;
const looked = vi.fn();

beforeEach(() => {
  clock = new FakeClock();
  store = new FleetStore();
  store.apply([
    { kind: 'account-upserted', account: anAccount() },
    { kind: 'server-upserted', server },
  ]);
  ledger = new BulkLedger(clock);
  looked.mockReset();
  follower = new BulkFollower({ store, clock, ledger, looked });
  ledger.begin({ id: 'run', action: 'stop', startedAt: 0, pauseMs: 0, waitsForEach: false }, [
    { serverId: server.id, name: 'Survival' },
  ]);
  follower.start();
});

const outcome = () => ledger.run?.items[0]?.outcome;
const patch = (power: PowerState): void =>
  store.apply([{ kind: 'server-patched', serverId: server.id, patch: { power } }]);

describe('the outcome of a signal', () => {
  it('waits for the result of the signal, and then for the state', async () => {
    follower.sending(server.id);
    expect(follower.isSending(server.id)).toBe(true);
    patch('offline');
    await clock.advance(0);
    expect(outcome()).toBe('sent');
    follower.sent();
    expect(follower.isSending(server.id)).toBe(false);
    expect(outcome()).toBe('done');
  });

  it('is not judged before the signal of the server', async () => {
    patch('offline');
    await clock.advance(0);
    expect(outcome()).toBe('waiting');
  });

  it('is checked once for changes that come together, and not for usage', async () => {
    patch('stopping');
    patch('offline');
    patch('running');
    await clock.advance(0);
    expect(looked).toHaveBeenCalledOnce();
    store.apply([{ kind: 'usage', serverId: server.id, usage: null }]);
    await clock.advance(0);
    expect(looked).toHaveBeenCalledOnce();
  });

  it('is checked again after a while, once for each request', async () => {
    follower.lookLater();
    follower.lookLater();
    await clock.advance(10_000);
    expect(looked).toHaveBeenCalledOnce();
    await clock.advance(60_000);
    expect(looked).toHaveBeenCalledOnce();
  });

  it('is not checked after the end', async () => {
    follower.lookLater();
    follower.stop();
    patch('offline');
    await clock.advance(60_000);
    expect(looked).not.toHaveBeenCalled();
  });
});
