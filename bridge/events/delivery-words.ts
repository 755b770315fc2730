/** Messages to channels about an event, as one line. Pure. */
import { say } from '../../messages/messages.js';
import { oneLine } from '../console/plain-line.js';
import type { HistoryEvent } from '../schema/events.js';
import type { Delivery } from '../schema/deliveries.js';
import { timeOrDay } from '../text/time-of-day.js';

/** Channels that the line names; the rest is a number. */
const mostNamed = 4;

/**
 * `Channels: Discord “ops” 21:04, edited 21:10 · ntfy: not sent yet, 3 attempts failed`; null = no channel got a
 * message.
 */
export function deliveryWords({
  at,
  deliveries = [],
}: Pick<HistoryEvent, 'at' | 'deliveries'>): string | null {
  if (deliveries.length === 0) return null;
  const named = deliveries.slice(0, mostNamed).map((one) => oneWords(one, at));
  const others = deliveries.length - named.length;
  const all = others === 0 ? named : [...named, say('deliveries.others', { count: others })];
  return say('deliveries.line', { channels: all.join(' · ') });
}

/** Times on the day of the event have no date. */
function oneWords(delivery: Delivery, day: number): string {
  const { at, againAt, editedAt, failures, state } = delivery;
  const channel = nameOf(delivery);
  const tries = say('deliveries.tries', { count: failures });
  if (at === null)
    return state === 'sent' ? channel : `${channel}: ${say(`deliveries.not-${state}`, { tries })}`;
  const parts = [
    `${channel} ${timeOrDay(at, day)}`,
    ...(againAt === null ? [] : [say('deliveries.again', { time: timeOrDay(againAt, day) })]),
    ...(editedAt === null ? [] : [say('deliveries.edited', { time: timeOrDay(editedAt, day) })]),
    ...(state === 'trying' ? [tries] : []),
    ...(state === 'sent' || state === 'trying' ? [] : [say('deliveries.change-lost')]),
  ];
  return parts.join(', ');
}

/** A channel that has the name of its service needs no second name. */
function nameOf({ kind, name }: Delivery): string {
  const service = say(`channels.kind-${kind}`);
  const own = oneLine(name, 60);
  return own === '' || own === service ? service : say('deliveries.named', { service, name: own });
}
