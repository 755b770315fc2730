/** Outages of a panel that two accounts share. */
import { describe, expect, it } from 'vitest';
import type { ProblemCode } from '../../bridge/errors.js';
import type { Account } from '../../bridge/schema/domain.js';
import { verbatim } from '../../messages/messages.js';
import { anAccount } from '../../tests/support/entities.js';
import { FakeClock } from '../../tests/support/fake-clock.js';
import { FleetStore } from '../fleet/store.js';
import { EventLog, sortedIds } from './event-log.js';
import { PanelOutages } from './panel-outages.js';

const minute = 60_000;

function aPanel() {
  const clock = new FakeClock();
  const store = new FleetStore();
  const log = new EventLog(clock, sortedIds('test'));
  const watches = new Map<string, PanelOutages>();
  const become = (id: string, state: Account['state'], panelUrl = 'https://panel.example.com'): void => {
    const account = anAccount({ id, label: id, state, panelUrl });
    store.apply([{ kind: 'account-upserted', account }]);
    const watch = watches.get(id) ?? new PanelOutages({ clock, log, state: () => store.state });
    watches.set(id, watch);
    watch.changed(account, clock.now());
  };
  const ready = (id: string): void => become(id, { kind: 'ready' });
  const failing = (id: string, code: ProblemCode, panelUrl?: string): void =>
    become(
      id,
      { kind: 'failed', problem: { code, message: verbatim(''), next: verbatim('') }, retryAt: 0 },
      panelUrl,
    );
  return { clock, log, watches, become, ready, failing, whats: () => log.recent.map(({ what }) => what) };
}

describe('the outage of a panel', () => {
  it('is one event of all accounts that it fails, and of no account that it answers', async () => {
    const { clock, log, ready, failing } = aPanel();
    for (const id of ['home', 'work', 'third']) ready(id);
    failing('other', 'panel-unreachable', 'https://other.example.com');
    failing('home', 'panel-unreachable');
    failing('work', 'panel-unreachable');
    await clock.advance(3 * minute);
    const event = log.recent.find(({ accountId }) => accountId === 'home');
    expect(event).toMatchObject({ also: [{ accountId: 'work', serverId: null }], panel: 'home' });
    expect(event?.also).toHaveLength(1);
    expect(log.recent.map(({ accountId }) => accountId).toSorted()).toEqual(['home', 'other']);
  });

  it('is no shared event where only one account has it', async () => {
    const { clock, log, ready, failing } = aPanel();
    ready('home');
    failing('work', 'rate-limited');
    failing('home', 'panel-unreachable');
    await clock.advance(3 * minute);
    expect(log.recent[0]).not.toHaveProperty('also');
  });

  it('that lasts for another account is held again at the next failure', async () => {
    const { clock, ready, failing, whats } = aPanel();
    ready('work');
    failing('home', 'panel-unreachable');
    await clock.advance(3 * minute);
    failing('work', 'panel-unreachable');
    await clock.advance(3 * minute);
    expect(whats()).toHaveLength(1);
    ready('home');
    failing('work', 'panel-unreachable');
    await clock.advance(3 * minute);
    expect(whats()).toHaveLength(2);
  });

  it('is each account its own where the key is refused', async () => {
    const { clock, log, failing } = aPanel();
    failing('home', 'unauthorized');
    failing('work', 'unauthorized');
    await clock.advance(minute);
    expect(log.recent.map(({ accountId, also }) => [accountId, also])).toEqual([
      ['home', undefined],
      ['work', undefined],
    ]);
  });

  it.each<[string, ProblemCode | null, boolean]>([
    ['never', null, true],
    ['once', 'unauthorized', false],
    ['once, with an untrusted certificate,', 'tls-untrusted', false],
  ])('is known to be from the start where the panel has answered %s', async (_when, first, isFromStart) => {
    const { clock, failing, become, whats } = aPanel();
    become('home', { kind: 'loading' });
    if (first !== null) failing('home', first);
    failing('home', 'panel-unreachable');
    await clock.advance(3 * minute);
    expect(whats()).toEqual([{ kind: 'panel-unreachable', isFromStart }]);
  });

  it('names the host of an untrusted certificate, and turns into another trouble only later', async () => {
    const { clock, log, failing, whats } = aPanel();
    failing('home', 'tls-untrusted');
    await clock.advance(2 * minute);
    expect(whats()).toEqual([{ kind: 'certificate', host: 'panel.example.com' }]);
    failing('home', 'panel-unreachable');
    await clock.advance(minute);
    failing('home', 'tls-untrusted');
    await clock.advance(5 * minute);
    expect(whats()).toHaveLength(1);
    expect(log.recent[0]?.endedAt).toBeNull();
  });

  it('begins with each trouble again after the panel was ready', async () => {
    const { clock, log, ready, failing } = aPanel();
    failing('home', 'panel-unreachable');
    await clock.advance(minute);
    ready('home');
    await clock.advance(minute);
    const at = clock.wall();
    failing('home', 'panel-unreachable');
    await clock.advance(3 * minute);
    expect(log.recent.map((event) => event.at)).toEqual([at]);
  });

  it('is not written after the end', async () => {
    const { clock, watches, failing, whats } = aPanel();
    failing('home', 'panel-unreachable');
    watches.get('home')?.stop();
    await clock.advance(5 * minute);
    expect(whats()).toEqual([]);
    expect(clock.pending).toBe(0);
  });
});
