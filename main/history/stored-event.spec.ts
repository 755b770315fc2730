import { describe, expect, it } from 'vitest';
import { anEvent } from '../../tests/support/history-events.js';
import { storedEvent } from './stored-event.js';

const times = { at: 5, againAt: null, editedAt: null, failures: 0 } as const;
const phone = { channelId: 'c1', kind: 'ntfy', name: 'phone', ...times } as const;
const event = anEvent({ id: 'e1' });

describe('a stored event', () => {
  it('is read back unchanged', () => {
    const written = { ...event, deliveries: [{ ...phone, state: 'sent' as const }] };
    expect(storedEvent(JSON.stringify(written))).toEqual(written);
    expect(storedEvent(JSON.stringify(event))).toEqual(event);
  });

  it('keeps the messages to channels that an earlier version noted', () => {
    const told = [
      { ...phone, state: 'told' },
      { ...phone, channelId: 'c2', state: 'too-old' },
    ];
    expect(storedEvent(JSON.stringify({ ...event, told }))).toEqual({
      ...event,
      deliveries: [
        { ...phone, state: 'sent' },
        { ...phone, channelId: 'c2', state: 'too-old' },
      ],
    });
  });

  it('is read without notes of an earlier version that nobody can read', () => {
    expect(storedEvent(JSON.stringify({ ...event, told: [{ state: 'told' }] }))).toEqual(event);
  });

  it.each(['', '{', '[]', '{"told":[]}'])('that holds %j is damaged', (text) => {
    expect(storedEvent(text)).toBeNull();
  });
});
