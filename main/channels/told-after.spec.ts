import { describe, expect, it } from 'vitest';
import type { Told } from '../../bridge/schema/told-messages.js';
import { toldAfter, type PostFact, type PostNews } from './told-after.js';

const phone = { channelId: 'c1', channel: { kind: 'ntfy', name: 'phone' } } as const;

/** What stands there after these pieces of news, a minute apart. */
function after(...news: readonly PostNews[]): readonly Told[] {
  return news.reduce<readonly Told[]>(
    (told, one, at) => toldAfter(told, { ...phone, news: one, at: at + 1 }),
    [],
  );
}

describe('toldAfter', () => {
  it('notes the first message, further ones, and changes', () => {
    const told = { channelId: 'c1', kind: 'ntfy', name: 'phone', state: 'told', at: 1, failures: 0 };
    expect(after('sent')).toEqual([{ ...told, againAt: null, editedAt: null }]);
    expect(after('sent', 'edited', 'edited')).toEqual([{ ...told, againAt: null, editedAt: 3 }]);
    expect(after('sent', 'again')).toEqual([{ ...told, againAt: 2, editedAt: null }]);
  });

  it('takes the change of a message as the first one for an event that joined later', () => {
    expect(after('edited')).toMatchObject([{ state: 'told', at: 1, editedAt: null }]);
  });

  it.each<[readonly PostNews[], Partial<Told>]>([
    [['failed', 'failed'], { state: 'trying', at: null, failures: 2 }],
    [['failed', 'sent'], { state: 'told', at: 2, failures: 1 }],
    [['sent', 'failed'], { state: 'trying', at: 1, failures: 1 }],
    [['failed', 'over'], { state: 'over', at: null }],
    [['failed', 'off'], { state: 'off', at: null }],
    [['sent', 'over'], { state: 'told', at: 1 }],
    [['sent', 'failed', 'off'], { state: 'told', at: 1 }],
    [['refused'], { state: 'refused', at: null }],
    [['failed', 'too-old'], { state: 'too-old', at: null, failures: 1 }],
    [['too-many'], { state: 'too-many', at: null }],
  ])('%j', (news, expected) => {
    expect(after(...news)).toMatchObject([expected]);
  });

  it('says nothing of a message of which nobody has seen anything', () => {
    expect(after('over')).toEqual([]);
    expect(after('off')).toEqual([]);
  });

  it('keeps the name of a removed channel, and takes a new name', () => {
    const at = 9;
    const told = after('failed');
    const removed: PostFact = { channelId: 'c1', channel: null, news: 'off', at };
    expect(toldAfter(told, removed)).toMatchObject([{ name: 'phone', state: 'off' }]);
    const renamed: PostFact = { ...phone, channel: { kind: 'ntfy', name: 'new' }, news: 'sent', at };
    expect(toldAfter(told, renamed)).toMatchObject([{ name: 'new', state: 'told' }]);
    expect(toldAfter([], { ...removed, news: 'sent' })).toEqual([]);
  });

  it('has an entry for each channel, a hundred at most', () => {
    const facts = Array.from(
      { length: 150 },
      (_, at) => ({ ...phone, channelId: `c${at}`, news: 'sent', at }) as const,
    );
    const told = facts.reduce<readonly Told[]>(toldAfter, []);
    expect([told.length, told.at(-1)?.channelId]).toEqual([100, 'c99']);
  });
});
