import { expect, it } from 'vitest';
import type { ServerSchedules } from '../../../bridge/schema/fleet-schedules.js';
import { FakeBridge } from '../../../tests/support/fake-bridge.js';
import { aSchedule } from '../../../tests/support/some-schedules.js';
import { PerchClient } from '../../api.js';
import { FleetSchedulesFeed } from './fleet-schedules.svelte.js';

const of = (serverId: string, name: string, readAt = 0): ServerSchedules => ({
  serverId,
  readAt,
  schedules: [aSchedule({ name })],
});

it('keeps the schedules of each server, and is the same map while none has changed', () => {
  const bridge = new FakeBridge();
  const feed = new FleetSchedulesFeed(new PerchClient(bridge));
  feed.start();
  expect(feed.loaded).toBe(false);
  bridge.snapshot('fleetSchedules', [of('home/1', 'One'), of('home/2', 'Two')]);
  const { known } = feed;
  expect([...known].map(([id, [first]]) => [id, first?.name])).toEqual([
    ['home/1', 'One'],
    ['home/2', 'Two'],
  ]);
  bridge.change('fleetSchedules', [of('home/1', 'One', 9)]);
  expect(feed.known).toBe(known);
  expect([...feed.readAt]).toEqual([
    ['home/1', 9],
    ['home/2', 0],
  ]);
  bridge.change('fleetSchedules', [of('home/1', 'Uno'), { serverId: 'home/2', readAt: 9, schedules: null }]);
  expect([...feed.known].map(([id, [first]]) => [id, first?.name])).toEqual([['home/1', 'Uno']]);
});
