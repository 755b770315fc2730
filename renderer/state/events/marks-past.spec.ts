import { expect, it } from 'vitest';
import { FakeBridge } from '../../../tests/support/fake-bridge.js';
import { anEvent } from '../../../tests/support/history-events.js';
import { verbatim } from '../../../messages/messages.js';
import { PerchClient } from '../../api.js';
import { EventsFeed } from './events-feed.svelte.js';
import { MarksPast } from './marks-past.svelte.js';

function aPast() {
  const bridge = new FakeBridge();
  const client = new PerchClient(bridge);
  const feed = new EventsFeed(client);
  feed.start();
  const newer = anEvent({ at: 90 });
  bridge.snapshot('events', [newer]);
  const past = new MarksPast(client, feed, 'home/1');
  const times = (): number[] => past.all.map(({ at }) => at);
  const asked = (): unknown[] => bridge.calls.map(({ input }) => input);
  return { bridge, past, times, asked, newer };
}

it('events beyond the feed are read once for the longest range shown', async () => {
  const { bridge, past, times, asked, newer } = aPast();
  expect(times()).toEqual([90]);
  bridge.answer('events.ofServer', { events: [{ ...newer, at: 89 }, anEvent({ at: 60 })] });
  await past.reach(50);
  await past.reach(70);
  expect(times()).toEqual([90, 60]);
  bridge.answer('events.ofServer', { events: [anEvent({ at: 60 }), anEvent({ at: 20 })] });
  await past.reach(10);
  expect(times()).toEqual([90, 60, 20]);
  expect(asked()).toEqual([
    { serverId: 'home/1', from: 50 },
    { serverId: 'home/1', from: 10 },
  ]);
});

it('a failed read is repeated, and the longest read is kept', async () => {
  const { bridge, past, times, asked } = aPast();
  bridge.refuse('events.ofServer', { code: 'internal', message: verbatim('no'), next: verbatim('wait') });
  await past.reach(50);
  const answer = bridge.hold('events.ofServer');
  const first = past.reach(50);
  bridge.answer('events.ofServer', { events: [anEvent({ at: 20 })] });
  await past.reach(10);
  answer({ events: [anEvent({ at: 60 })] });
  await first;
  expect(times()).toEqual([90, 20]);
  expect(asked()).toHaveLength(3);
});
