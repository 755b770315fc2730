/** Formats numbers of players the same way in windows, tray and terminal. */
import { perLanguage, say } from '../../messages/messages.js';
import type { PlayersOnline } from '../schema/players.js';

type Figures = Pick<PlayersOnline, 'count' | 'slots'>;

const whole = perLanguage((language) => new Intl.NumberFormat(language));

/** For narrow columns: `12/40`, `12`. */
export function playersPerSlots({ count, slots }: Figures): string {
  return slots === null ? whole().format(count) : `${whole().format(count)}/${whole().format(slots)}`;
}

/** As a phrase: `12 of 40`, `12`. */
export function playersOfSlots({ count, slots }: Figures): string {
  if (slots === null) return whole().format(count);
  return say('attention.of-limit', { used: whole().format(count), limit: whole().format(slots) });
}

/** With a noun: `12 of 40 players`, `1 player`. */
export function playersInWords({ count, slots }: Figures): string {
  const figure = whole().format(count);
  return slots === null
    ? say('fleet.players', { count, figure })
    : say('fleet.players-of', { players: figure, slots: whole().format(slots) });
}
