import { describe, expect, it } from 'vitest';
import type { Actor } from '../../bridge/schema/event-actor.js';
import type { Happening } from '../../bridge/schema/events.js';
import { anAccount, aServer } from '../../tests/support/entities.js';
import { FakeClock } from '../../tests/support/fake-clock.js';
import { FleetStore } from '../fleet/store.js';
import { EventLog, sortedIds } from './event-log.js';
import { ServerPast } from './server-past.js';

const suspended: Happening = { kind: 'suspended' };
const stopped = (by: Actor): Happening => ({ kind: 'stopped', by, isKill: false });
const olive: Actor = { kind: 'person', name: 'Olive' };
const unknown: Actor = { kind: 'unknown' };

/** The same server through the accounts `home` and `work`, beside another server of `home`. */
function aPast() {
  const clock = new FakeClock();
  const store = new FleetStore();
  const log = new EventLog(clock, sortedIds('test'));
  const past = new ServerPast(log, () => store.state);
  const [own, twin, other] = [
    aServer({ id: 'home/u', uuid: 'u' }),
    aServer({ id: 'work/u', uuid: 'u', accountId: 'work' }),
    aServer({ id: 'home/v', uuid: 'v', name: 'Other' }),
  ];
  store.apply([
    ...['home', 'work'].map(
      (id) => ({ kind: 'account-upserted', account: anAccount({ id, label: id }) }) as const,
    ),
    ...[own, twin, other].map((server) => ({ kind: 'server-upserted', server }) as const),
  ]);
  return { clock, log, past, own, twin, other };
}

describe('the past of a server', () => {
  it('is written once for all accounts that see it, under the first', () => {
    const { clock, past, twin, other } = aPast();
    expect(past.write(twin, suspended, clock.now())).toMatchObject({
      accountId: 'home',
      serverId: 'home/u',
      panel: 'home',
      also: [{ accountId: 'work', serverId: 'work/u' }],
    });
    expect(past.write(other, suspended, clock.now())).not.toHaveProperty('also');
    const gone = aServer({ id: 'gone/x', accountId: 'gone', uuid: 'x' });
    expect(past.write(gone, suspended, clock.now())).toMatchObject({ serverId: 'gone/x', panel: '' });
  });

  it('has lasting events through each account, oldest first and once', () => {
    const { clock, log, past, own, twin, other } = aPast();
    const place = { at: clock.now(), lasts: true, panel: '', server: '', what: suspended };
    const first = log.add({ ...place, accountId: 'work', serverId: twin.id });
    const second = past.write(own, suspended, clock.now(), { lasts: true });
    const third = log.add({ ...place, accountId: 'home', serverId: own.id });
    past.write(other, suspended, clock.now(), { lasts: true });
    for (const { id } of [own, twin]) {
      expect(past.allLasting(id).map((event) => event.id)).toEqual([first.id, second.id, third.id]);
    }
    expect(past.lasting(own.id, 'suspended')?.id).toBe(third.id);
    expect(past.lasting(own.id, 'limit')).toBeUndefined();
    expect(past.allLasting('unknown')).toEqual([]);
    expect(past.allLasting(other.id)).toHaveLength(1);
  });

  it('keeps the known originator when an event is described again', () => {
    const { clock, log, past, own } = aPast();
    const { id } = past.write(own, stopped(olive), clock.now());
    past.amend(id, { kind: 'restarted', by: unknown });
    expect(log.find(id)?.what).toEqual({ kind: 'restarted', by: olive });
    past.amend(id, stopped({ kind: 'me', bulk: false }));
    expect(log.find(id)?.what).toEqual(stopped({ kind: 'me', bulk: false }));
    past.amend(id, suspended);
    expect(log.find(id)?.what).toEqual(suspended);
    past.amend(id, stopped(unknown));
    expect(log.find(id)?.what).toEqual(stopped(unknown));
    past.amend('nothing', stopped(unknown));
    expect(log.recent).toHaveLength(1);
  });
});
