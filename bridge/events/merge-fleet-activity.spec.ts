import { describe, expect, it } from 'vitest';
import { aLinePlace, anEntry, someActivity } from '../../tests/support/activity-entries.js';
import { processorTime } from '../../tests/support/fastest.js';
import { anEvent } from '../../tests/support/history-events.js';
import type { Actor } from '../schema/event-actor.js';
import type { ServerActivity } from '../schema/fleet-activity.js';
import { mergeFleetActivity } from './merge-fleet-activity.js';

const minute = 60_000;
const users = new Set(['olive']);
const of = (list: ServerActivity) => ({ list, of: aLinePlace(list.serverId), users });
const stopped = (by: Actor, serverId = 'home/1') =>
  anEvent({ at: 10 * minute, serverId, what: { kind: 'stopped', by, isKill: false } });
const stop = (fields = {}) => anEntry({ event: 'server:power.stop', at: 10 * minute, ...fields });

describe('mergeFleetActivity', () => {
  it('has the lines of all servers, newest first', () => {
    const { lines } = mergeFleetActivity(
      [
        of(someActivity('home/1', [anEntry({ id: 'd', at: 4 }), anEntry({ id: 'a', at: 1 })])),
        of(someActivity('home/2', null)),
        of(someActivity('home/3', [anEntry({ id: 'c', at: 3 }), anEntry({ id: 'b', at: 2 })])),
      ],
      [],
      -Infinity,
    );
    expect(lines.map(({ entry, of: place }) => [entry.id, place?.places[0].serverId])).toEqual([
      ['d', 'home/1'],
      ['c', 'home/3'],
      ['b', 'home/3'],
      ['a', 'home/1'],
    ]);
  });

  it('compares a server with its own events alone', () => {
    const anna: Actor = { kind: 'person', name: 'anna' };
    const read = [of(someActivity('home/1', [stop()])), of(someActivity('home/2', [stop()]))];
    const found = mergeFleetActivity(read, [stopped(anna, 'home/2')], -Infinity);
    expect(found.lines.map((line) => line.of?.places[0].serverId)).toEqual(['home/1']);
  });

  it('knows an event by each account that sees the server', () => {
    const anna: Actor = { kind: 'person', name: 'anna' };
    const event = { ...stopped(anna), also: [{ accountId: 'work', serverId: 'work/1' }] };
    expect(mergeFleetActivity([of(someActivity('work/1', [stop()]))], [event], -Infinity).lines).toEqual([]);
  });

  it('names who did it in the event, and keeps the others', () => {
    const events = [stopped({ kind: 'unknown' }), stopped({ kind: 'unknown' }, 'home/2')];
    const found = mergeFleetActivity([of(someActivity('home/1', [stop()]))], events, -Infinity);
    expect(found.lines).toEqual([]);
    expect(found.events[0]?.what).toMatchObject({ by: { kind: 'person', name: 'anna' } });
    expect(found.events[1]).toBe(events[1]);
  });

  it('has no line from before the events that were read', () => {
    const read = [of(someActivity('home/1', [anEntry({ at: 5 }), anEntry({ at: 4 })]))];
    expect(mergeFleetActivity(read, [], 5).lines).toHaveLength(1);
    expect(mergeFleetActivity(read, [], Infinity).lines).toHaveLength(0);
  });

  it('takes a thousand servers with a hundred lines each in a moment', () => {
    const read = Array.from({ length: 1000 }, (_, server) =>
      of(
        someActivity(
          `home/${server}`,
          Array.from({ length: 100 }, (__, at) => stop({ at: -at * minute, id: `${server} ${at}` })),
        ),
      ),
    );
    const events = Array.from({ length: 1000 }, (_, server) =>
      stopped({ kind: 'me', bulk: false }, `home/${server}`),
    );
    const took = processorTime(() =>
      expect(mergeFleetActivity(read, events, -Infinity).lines).toHaveLength(100_000),
    );
    expect(took).toBeLessThan(5000);
  });
});
