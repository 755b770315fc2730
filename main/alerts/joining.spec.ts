import { beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../../tests/support/fake-clock.js';
import { anEvent } from '../../tests/support/history-events.js';
import type { NotifiableEvent } from './alert.js';
import { DeferredDownAlert } from './deferred-down-alert.js';
import { Joining } from './joining.js';
import { ManyAtOnce, nodeKeyOf, type Many } from './many.js';

const minute = 60_000;
const news = (id: string, serverId: string, endedAt?: null): NotifiableEvent => ({
  event: anEvent({ id, serverId, ...(endedAt === null ? { endedAt } : {}) }),
  kind: 'crashed',
});

function aGroup(...ids: readonly string[]): { groups: ManyAtOnce; many: Many } {
  const groups = new ManyAtOnce();
  const many = groups.begin(
    'home node',
    'node',
    ids.map((id) => news(`event-${id}`, `home/${id}`, null)),
    0,
  );
  if (many === null) throw new Error('No group has begun.');
  return { groups, many };
}

describe('the node of an event', () => {
  const down = anEvent({ serverId: 'home/1', accountId: 'home' });
  const nodeOf = (serverId: string): string | null => (serverId === 'home/1' ? 'node' : null);

  it('is a key that servers share, apart from nodes of the same name on other panels', () => {
    const key = nodeKeyOf(down, nodeOf);
    expect(nodeKeyOf({ ...down, serverId: 'home/2' }, () => 'node')).toBe(key);
    expect(nodeKeyOf({ ...down, accountId: 'work' }, nodeOf)).not.toBe(key);
    expect(nodeKeyOf({ ...down, serverId: 'home/2' }, nodeOf)).not.toBe(key);
  });

  it('is no node to share for a panel, and for an event that is not the end of a process', () => {
    expect(nodeKeyOf({ ...down, serverId: null }, nodeOf)).toBeNull();
    expect(nodeKeyOf({ ...down, what: { kind: 'removed' } }, nodeOf)).toBeNull();
  });
});

describe('servers of a node that went down together', () => {
  it('form no group without servers', () => {
    expect(new ManyAtOnce().begin('home node', 'node', [], 0)).toBeNull();
  });

  it('are found by their events', () => {
    const { groups, many } = aGroup('1', '2');
    expect([many.node, many.first.event.serverId, [...many.entries.keys()]]).toEqual([
      'node',
      'home/1',
      ['home/1', 'home/2'],
    ]);
    expect(groups.partOf('home node', news('event-2', 'home/2'), 10 * minute)).toBe('told');
  });

  it('are joined by another server for a minute', () => {
    const { groups, many } = aGroup('1');
    const other = news('event-3', 'home/3', null);
    expect(groups.partOf('home node', other, minute - 1)).toBe('joins');
    expect(groups.partOf('home node', other, minute)).toBeNull();
    expect(groups.partOf('home other', other, 0)).toBeNull();
    expect(groups.join('home other', [other])).toBeNull();
    expect(groups.join('home node', [other])).toBe(many);
    expect(groups.partOf('home node', other, minute)).toBe('told');
  });

  it('are not joined by the next failure of one of them', () => {
    const { groups } = aGroup('1');
    expect(groups.partOf('home node', news('event-9', 'home/1'), 0)).toBeNull();
  });

  it('end with the last open event, and once', () => {
    const { groups, many } = aGroup('1', '2');
    groups.join('home node', [news('event-3', 'home/3')]);
    expect(groups.ended('event-9')).toBeNull();
    expect(groups.ended('event-1')).toBeNull();
    expect(groups.ended('event-2')).toBe(many);
    expect(groups.ended('event-2')).toBeNull();
    expect(groups.ended('event-3')).toBeNull();
    expect(groups.partOf('home node', news('event-2', 'home/2'), 0)).toBeNull();
  });

  it('are forgotten with their account if their events are gone', () => {
    const { groups, many } = aGroup('1');
    expect(groups.forget('work', () => true)).toEqual([]);
    expect(groups.forget('home', () => false)).toEqual([]);
    expect(groups.forget('home', (id) => id === 'event-1')).toEqual([many]);
    expect(groups.forget('home', () => true)).toEqual([]);
  });
});

describe('the update of a shared alert', () => {
  const { many } = aGroup('1');
  let clock = new FakeClock();
  let told: Many[] = [];
  let joining = new Joining(clock, (one) => told.push(one));

  beforeEach(() => {
    clock = new FakeClock();
    told = [];
    joining = new Joining(clock, (one) => told.push(one));
  });

  it('is shown five seconds after the last server that joins', async () => {
    joining.add(many);
    await clock.advance(4000);
    joining.add(many);
    await clock.advance(4999);
    expect(told).toEqual([]);
    await clock.advance(1);
    expect(told).toEqual([many]);
    expect(clock.pending).toBe(0);
  });

  it('is shown fifteen seconds after the first server at the latest', async () => {
    for (let at = 0; at < 15_000; at += 3000) {
      joining.add(many);
      await clock.advance(3000 - (at === 12_000 ? 1 : 0));
    }
    expect(told).toEqual([]);
    await clock.advance(1);
    expect(told).toEqual([many]);
  });

  it('is shown at once on request, and never after it was dropped or all has ended', async () => {
    joining.flush(many);
    expect(told).toEqual([]);
    joining.add(many);
    joining.flush(many);
    expect(told).toEqual([many]);
    joining.add(many);
    joining.drop(many);
    joining.add(many);
    joining.stop();
    expect(clock.pending).toBe(0);
    joining.flush(many);
    expect(told).toEqual([many]);
  });
});

describe('an alert that was held back', () => {
  it('is due a minute later, once, unless the server runs again', async () => {
    const clock = new FakeClock();
    const held = new DeferredDownAlert(clock);
    const due: string[] = [];
    held.hold('a', () => due.push('first'));
    held.hold('a', () => due.push('a'));
    held.hold('b', () => due.push('b'));
    held.hold('c', () => due.push('c'));
    held.drop('b');
    held.drop('unknown');
    await clock.advance(minute - 1);
    expect(due).toEqual([]);
    await clock.advance(1);
    expect(due).toEqual(['a', 'c']);
    held.hold('d', () => due.push('d'));
    held.stop();
    expect(clock.pending).toBe(0);
  });
});
