import { describe, expect, it } from 'vitest';
import type { Delivery } from '../../bridge/schema/deliveries.js';
import { deliveriesAfter, type PostFact, type PostNews } from './deliveries-after.js';

const phone = { channelId: 'c1', channel: { kind: 'ntfy', name: 'phone' } } as const;

/** The texts in the channel after these pieces of news, a minute apart. */
function after(...news: readonly PostNews[]): readonly Delivery[] {
  return news.reduce<readonly Delivery[]>(
    (deliveries, one, at) => deliveriesAfter(deliveries, { ...phone, news: one, at: at + 1 }),
    [],
  );
}

describe('deliveriesAfter', () => {
  it('notes the first message, further messages, and changes', () => {
    const delivery = { channelId: 'c1', kind: 'ntfy', name: 'phone', state: 'sent', at: 1, failures: 0 };
    expect(after('sent')).toEqual([{ ...delivery, againAt: null, editedAt: null }]);
    expect(after('sent', 'edited', 'edited')).toEqual([{ ...delivery, againAt: null, editedAt: 3 }]);
    expect(after('sent', 'again')).toEqual([{ ...delivery, againAt: 2, editedAt: null }]);
  });

  it('takes the change of a message as the first one for an event that joined later', () => {
    expect(after('edited')).toMatchObject([{ state: 'sent', at: 1, editedAt: null }]);
  });

  it.each<[readonly PostNews[], Partial<Delivery>]>([
    [['failed', 'failed'], { state: 'trying', at: null, failures: 2 }],
    [['failed', 'sent'], { state: 'sent', at: 2, failures: 1 }],
    [['sent', 'failed'], { state: 'trying', at: 1, failures: 1 }],
    [['failed', 'over'], { state: 'over', at: null }],
    [['failed', 'off'], { state: 'off', at: null }],
    [['sent', 'over'], { state: 'sent', at: 1 }],
    [['sent', 'failed', 'off'], { state: 'sent', at: 1 }],
    [['refused'], { state: 'refused', at: null }],
    [['failed', 'too-old'], { state: 'too-old', at: null, failures: 1 }],
    [['too-many'], { state: 'too-many', at: null }],
  ])('%j', (news, expected) => {
    expect(after(...news)).toMatchObject([expected]);
  });

  it('says nothing of a message that nobody has seen', () => {
    expect(after('over')).toEqual([]);
    expect(after('off')).toEqual([]);
  });

  it('keeps the name of a removed channel, and takes a new name', () => {
    const at = 9;
    const deliveries = after('failed');
    const removed: PostFact = { channelId: 'c1', channel: null, news: 'off', at };
    expect(deliveriesAfter(deliveries, removed)).toMatchObject([{ name: 'phone', state: 'off' }]);
    const renamed: PostFact = { ...phone, channel: { kind: 'ntfy', name: 'new' }, news: 'sent', at };
    expect(deliveriesAfter(deliveries, renamed)).toMatchObject([{ name: 'new', state: 'sent' }]);
    expect(deliveriesAfter([], { ...removed, news: 'sent' })).toEqual([]);
  });

  it('has an entry for each channel, a hundred at most', () => {
    const facts = Array.from(
      { length: 150 },
      (_, at) => ({ ...phone, channelId: `c${at}`, news: 'sent', at }) as const,
    );
    const deliveries = facts.reduce<readonly Delivery[]>(deliveriesAfter, []);
    expect([deliveries.length, deliveries.at(-1)?.channelId]).toEqual([100, 'c99']);
  });
});
