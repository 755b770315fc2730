import { expect, it, onTestFinished, vi } from 'vitest';
import type { ServerPeople } from '../../../bridge/schema/fleet-people.js';
import { FakeBridge } from '../../../tests/support/fake-bridge.js';
import { PerchClient } from '../../api.js';
import { FleetPeopleFeed } from './fleet-people.svelte.js';

const of = (serverId: string, leftOut = 0): ServerPeople => ({
  serverId,
  readAt: 0,
  people: [],
  rights: [],
  leftOut,
  problem: null,
});

it('collects lists that arrive one by one, and drops removed servers', () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const bridge = new FakeBridge();
  const feed = new FleetPeopleFeed(new PerchClient(bridge));
  feed.start();
  expect(feed.loaded).toBe(false);
  bridge.snapshot('fleetPeople', [of('home/1'), of('home/2')]);
  const { known } = feed;
  expect([...known.keys()]).toEqual(['home/1', 'home/2']);
  bridge.change('fleetPeople', [of('home/1', 4)]);
  bridge.change('fleetPeople', [{ ...of('home/2'), people: null }, of('home/3')]);
  expect(feed.known).toBe(known);
  vi.advanceTimersByTime(300);
  expect([...feed.known].map(([id, { leftOut }]) => [id, leftOut])).toEqual([
    ['home/1', 4],
    ['home/3', 0],
  ]);
  bridge.change('fleetPeople', [of('home/4')]);
  feed.stop();
  vi.advanceTimersByTime(300);
  expect(feed.known.has('home/4')).toBe(false);
});
