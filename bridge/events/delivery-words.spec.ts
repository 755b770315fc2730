import { describe, expect, it } from 'vitest';
import type { Delivery } from '../schema/deliveries.js';
import { deliveryWords } from './delivery-words.js';

const at = new Date(2026, 10, 25, 21, 0).getTime();
const minute = (count: number): number => at + count * 60_000;
const none = { againAt: null, editedAt: null, failures: 0 } as const;
const ops: Delivery = {
  channelId: 'c1',
  kind: 'discord',
  name: 'ops',
  state: 'sent',
  at: minute(4),
  ...none,
};
const ntfy: Delivery = {
  channelId: 'c2',
  kind: 'ntfy',
  name: 'ntfy',
  state: 'trying',
  at: null,
  ...none,
  failures: 3,
};
const words = (...deliveries: readonly Delivery[]): string | null =>
  deliveryWords({ at, deliveries: [...deliveries] });

describe('deliveryWords', () => {
  it('is silent about an event of which no channel got a message', () => {
    expect([deliveryWords({ at }), words()]).toEqual([null, null]);
  });

  it('names each channel with its times, and failures', () => {
    expect(words({ ...ops, editedAt: minute(10) }, ntfy)).toBe(
      'Channels: Discord “ops” 21:04, edited 21:10 · ntfy: not sent yet, 3 attempts failed',
    );
  });

  it.each<[Partial<Delivery>, string]>([
    [{ againAt: minute(9) }, 'Discord “ops” 21:04, again 21:09'],
    [{ state: 'trying', failures: 1 }, 'Discord “ops” 21:04, 1 attempt failed'],
    [{ state: 'too-old', failures: 9 }, 'Discord “ops” 21:04, a later text was not sent'],
    [{ state: 'refused', at: null }, 'Discord “ops”: the service refused the message'],
    [{ state: 'too-old', at: null }, 'Discord “ops”: not sent within 12 hours'],
    [{ state: 'too-many', at: null }, 'Discord “ops”: not sent, too many messages waited'],
    [{ state: 'over', at: null }, 'Discord “ops”: not sent, the event was over by then'],
    [{ state: 'off', at: null }, 'Discord “ops”: not sent, the channel was switched off'],
    [{ editedAt: minute(24 * 60) }, 'Discord “ops” 21:04, edited Nov 26, 2026, 21:00'],
    [{ name: 'a\u202eb\nc' }, 'Discord “ab c” 21:04'],
  ])('%j', (fields, expected) => {
    expect(words({ ...ops, ...fields })).toBe(`Channels: ${expected}`);
  });

  it('names four channels, and counts the rest', () => {
    expect(words(...Array.from({ length: 7 }, () => ops))).toMatch(/ · 3 more$/);
  });
});
