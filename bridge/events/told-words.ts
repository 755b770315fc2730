/** Messages to channels about an event, as one line. Pure. */
import { say } from '../../messages/messages.js';
import { oneLine } from '../console/plain-line.js';
import type { HistoryEvent } from '../schema/events.js';
import type { Told } from '../schema/told-messages.js';
import { timeOrDay } from '../text/time-of-day.js';

/** Channels that the line names; the rest is a number. */
const mostNamed = 4;

/**
 * `Channels: Discord “ops” 21:04, edited 21:10 · ntfy: not sent yet, 3 attempts failed`; null = no channel got a
 * message.
 */
export function toldWords({ at, told = [] }: Pick<HistoryEvent, 'at' | 'told'>): string | null {
  if (told.length === 0) return null;
  const named = told.slice(0, mostNamed).map((one) => oneWords(one, at));
  const others = told.length - named.length;
  const all = others === 0 ? named : [...named, say('told.others', { count: others })];
  return say('told.line', { channels: all.join(' · ') });
}

/** Times on the day of the event have no date. */
function oneWords(told: Told, day: number): string {
  const { at, againAt, editedAt, failures, state } = told;
  const channel = nameOf(told);
  const tries = say('told.tries', { count: failures });
  if (at === null) return state === 'told' ? channel : `${channel}: ${say(`told.not-${state}`, { tries })}`;
  const parts = [
    `${channel} ${timeOrDay(at, day)}`,
    ...(againAt === null ? [] : [say('told.again', { time: timeOrDay(againAt, day) })]),
    ...(editedAt === null ? [] : [say('told.edited', { time: timeOrDay(editedAt, day) })]),
    ...(state === 'trying' ? [tries] : []),
    ...(state === 'told' || state === 'trying' ? [] : [say('told.change-lost')]),
  ];
  return parts.join(', ');
}

/** A channel that has the name of its service needs no second name. */
function nameOf({ kind, name }: Told): string {
  const service = say(`channels.kind-${kind}`);
  const own = oneLine(name, 60);
  return own === '' || own === service ? service : say('told.named', { service, name: own });
}
