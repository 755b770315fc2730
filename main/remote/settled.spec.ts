import { describe, expect, it } from 'vitest';
import type { Problem } from '../../bridge/errors.js';
import type { Server } from '../../bridge/schema/domain.js';
import { verbatim } from '../../messages/messages.js';
import { anAccount, aServer } from '../../tests/support/entities.js';
import { FakeClock } from '../../tests/support/fake-clock.js';
import { FleetStore } from '../fleet/store.js';
import { settled } from './settled.js';

const problem: Problem = { code: 'internal', message: verbatim('It broke.'), next: verbatim('Try again.') };
const loading = { kind: 'loading' } as const;

function setUp() {
  const clock = new FakeClock();
  const store = new FleetStore();
  store.apply([{ kind: 'account-upserted', account: anAccount({ state: loading }) }]);
  const wait = (seen: boolean) => {
    const state = { isOver: false };
    void settled({ store, clock }, { seen }).then(() => (state.isOver = true));
    return state;
  };
  const listed = (): void => store.apply([{ kind: 'account-upserted', account: anAccount() }]);
  return { clock, store, wait, listed };
}

describe('settled', () => {
  it('waits until the panels have listed their servers', async () => {
    const { clock, wait, listed } = setUp();
    const waiting = wait(false);
    await clock.advance(5000);
    expect(waiting.isOver).toBe(false);
    listed();
    await clock.advance(0);
    expect(waiting.isOver).toBe(true);
    expect(clock.pending).toBe(0);
  });

  it('waits for the first state of each server on request', async () => {
    const { clock, store, wait, listed } = setUp();
    const server = aServer({ power: null });
    const waiting = wait(true);
    store.apply([{ kind: 'server-upserted', server }]);
    listed();
    await clock.advance(100);
    expect(waiting.isOver).toBe(false);
    store.apply([{ kind: 'server-patched', serverId: server.id, patch: { power: 'running' } }]);
    await clock.advance(0);
    expect(waiting.isOver).toBe(true);
  });

  it('does not wait for a server whose state stays unknown', async () => {
    const { clock, store, wait, listed } = setUp();
    store.apply([{ kind: 'server-upserted', server: aServer({ power: null, condition: 'suspended' }) }]);
    listed();
    const waiting = wait(true);
    await clock.advance(0);
    expect(waiting.isOver).toBe(true);
  });

  it.each<[string, Partial<Server>]>([
    ['that its node refuses', { link: { kind: 'refused', problem, retryAt: 0 } }],
    ['that Perch can not read', { problem }],
    ['whose state is known', { power: 'offline' }],
  ])('does not wait for a server %s', async (_what, fields) => {
    const { clock, store, wait, listed } = setUp();
    store.apply([{ kind: 'server-upserted', server: aServer({ power: null, ...fields }) }]);
    listed();
    const waiting = wait(true);
    await clock.advance(0);
    expect(waiting.isOver).toBe(true);
  });

  it('does not wait for a failed panel, but waits for other panels', async () => {
    const { clock, store, wait } = setUp();
    store.apply([
      { kind: 'account-upserted', account: anAccount({ state: { kind: 'failed', problem, retryAt: 0 } }) },
      { kind: 'account-upserted', account: anAccount({ id: 'work' }) },
      { kind: 'server-upserted', server: aServer({ power: null }) },
    ]);
    const first = wait(true);
    await clock.advance(0);
    expect(first.isOver).toBe(true);
    const other = aServer({ id: 'work/1', accountId: 'work', power: null });
    store.apply([{ kind: 'server-upserted', server: other }]);
    const second = wait(true);
    await clock.advance(3_999);
    expect(second.isOver).toBe(false);
    await clock.advance(1);
    expect(second.isOver).toBe(true);
  });

  it('does not wait for a silent panel', async () => {
    const { clock, wait } = setUp();
    const waiting = wait(true);
    await clock.advance(9_999);
    expect(waiting.isOver).toBe(false);
    await clock.advance(1);
    expect(waiting.isOver).toBe(true);
    expect(clock.pending).toBe(0);
  });
});
