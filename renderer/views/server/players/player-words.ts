/** Words of the Players tab: source of a number, whether players can get in, why no command can be made. */
import { oneLine } from '../../../../bridge/console/plain-line.js';
import { longestPlayer } from '../../../../bridge/players/player-verbs.js';
import type { NoCommand } from '../../../../bridge/players/verb-command.js';
import { isTypedPlace } from '../../../../bridge/players/typed-place.js';
import type { Server } from '../../../../bridge/schema/domain.js';
import type { PlayersOnline, Reach, ServerPlayers } from '../../../../bridge/schema/players.js';
import { duration } from '../../../../bridge/text/duration.js';
import { say } from '../../../../messages/messages.js';
import { hostAndPort } from '../../../../bridge/text/host-and-port.js';
import { ago } from '../../../ui/text/format.js';

export function commandWords(why: NoCommand, player: string): string {
  const name = oneLine(player, longestPlayer);
  switch (why) {
    case 'no-verb':
      return say('actions.player-no-verb');
    case 'no-text':
      return say('actions.player-no-text');
    case 'unsafe-name':
      return say('actions.player-unsafe-name', { name });
    case 'steam-text-id':
      return say('actions.player-steam-text-id', { name });
    case 'steam-id':
      return say('actions.player-steam-id', { name });
  }
}

export function countWords(online: PlayersOnline | null): string {
  if (online === null) return say('players-tab.unknown');
  const { count, slots } = online;
  return slots === null ? say('players-tab.count', { count }) : say('players-tab.count-of', { count, slots });
}

/** Source and age of the number. `now` = monotonic time of main. */
export function sourceWords({ source, seenAt }: PlayersOnline, now: number): string {
  // The console reports each change, so its number has no age.
  if (source === 'console') return say('players-tab.source-console');
  return say(`players-tab.source-${source}`, { age: ago(seenAt, now) });
}

/** One sentence about whether players can get in; null = no sentence. */
export function reachWords(
  { reach = null, allocations }: Pick<Server, 'reach' | 'allocations'>,
  { state, place }: Pick<ServerPlayers['query'], 'state' | 'place'>,
  now: number,
): string | null {
  if (reach?.kind === 'answers') {
    if (reach.isFull) return say('players-tab.reach-full');
    // An answer elsewhere, for example at a place that the user typed, says nothing about other players.
    if (place !== null && !isTypedPlace(place, allocations))
      return say('players-tab.reach-answers-at', { place: oneLine(hostAndPort(place.host, place.port), 80) });
    return say(
      reach.hasPassword === true ? 'players-tab.reach-answers-password' : 'players-tab.reach-answers',
    );
  }
  if (reach?.kind === 'silent' && reach.hasAnswered) {
    return say('players-tab.reach-silent', { time: duration(Math.max(0, now - reach.since)) });
  }
  return state === 'idle' || state === 'answers' ? null : say(`players-tab.query-${state}`);
}

/** State of the questions, and whether the game answers. */
export function askingWords({ state, place }: Pick<ServerPlayers['query'], 'state' | 'place'>): string {
  if (state === 'idle') return say('players-tab.asking-idle');
  if (place === null || (state !== 'answers' && state !== 'silent' && state !== 'looking')) {
    return state === 'answers' ? say('players-tab.query-looking') : say(`players-tab.query-${state}`);
  }
  return say(`players-tab.asking-${state === 'answers' ? 'answers' : 'unanswered'}`, {
    protocol: say(`players-tab.protocol-${place.protocol}`),
    place: oneLine(hostAndPort(place.host, place.port), 80),
  });
}

/** Version, ping and password of a game that answers. */
export function reachFacts(reach: Reach | null): readonly string[] {
  if (reach?.kind !== 'answers') return [];
  const version = oneLine(reach.version ?? '', 40);
  return [
    ...(version === '' ? [] : [say('players-tab.reach-version', { version })]),
    say('players-tab.ping', { ms: Math.round(reach.pingMs) }),
    ...(reach.hasPassword === true ? [say('players-tab.reach-password')] : []),
  ];
}
