/**
 * Possible causes that keep players out of a game that runs but does not answer, with the facts about each cause
 * (PLAYERS "Can players get in"). Pure.
 */
import { oneLine } from '../../../../bridge/console/plain-line.js';
import type { Server } from '../../../../bridge/schema/domain.js';
import type { Reach, ServerPlayers } from '../../../../bridge/schema/players.js';
import type { JoinInfo } from '../../../../bridge/schema/join-info.js';
import { duration } from '../../../../bridge/text/duration.js';
import { say } from '../../../../messages/messages.js';
import { hostAndPort } from '../../../../bridge/text/host-and-port.js';
import { allocationAddress } from '../../server-look.js';

/** In the order of the list. */
const verdicts = ['likely', 'open', 'out'] as const;

export interface SilentCheck {
  readonly verdict: (typeof verdicts)[number];
  /** The cause, and why Perch thinks so. */
  readonly text: string;
}

export interface SilentFacts {
  readonly server: Pick<Server, 'allocations' | 'usage'>;
  readonly reach: Extract<Reach, { kind: 'silent' }>;
  readonly query: Pick<ServerPlayers['query'], 'place' | 'choice' | 'answeredAt' | 'problem'>;
  /** null = not known. */
  readonly settings: JoinInfo['settings'];
  /** Monotonic time of main in ms. */
  readonly now: number;
}

/** The causes, likely causes first and excluded causes last. */
export function silentChecks(facts: SilentFacts): readonly SilentCheck[] {
  const all = [
    ...answersOff(facts),
    ...address(facts),
    loading(facts),
    ...port(facts),
    ...node(facts),
    network(facts),
  ];
  return all.toSorted((one, other) => verdicts.indexOf(one.verdict) - verdicts.indexOf(other.verdict));
}

const likely = (text: string): SilentCheck => ({ verdict: 'likely', text });
const open = (text: string): SilentCheck => ({ verdict: 'open', text });
const out = (text: string): SilentCheck => ({ verdict: 'out', text });

function answersOff({ settings }: SilentFacts): readonly SilentCheck[] {
  return settings?.isStatusOff === true ? [likely(say('players-tab.check-answers-off'))] : [];
}

function address({ server, query, settings }: SilentFacts): readonly SilentCheck[] {
  const [typed] = server.allocations;
  const place = placeOf(query);
  if ((query.choice?.host ?? query.choice?.port ?? null) !== null && place !== null)
    return [open(say('players-tab.check-address-chosen', { place, button: say('players-tab.asking') }))];
  const set = settings?.port ?? null;
  if (set !== null && typed !== undefined)
    return set === typed.port
      ? [out(say('players-tab.check-address-out', { port: String(set) }))]
      : [
          likely(
            say('players-tab.check-address-likely', {
              port: String(set),
              typed: oneLine(allocationAddress(typed), 80),
            }),
          ),
        ];
  return place === null ? [] : [open(say('players-tab.check-address-open', { place }))];
}

function loading({ server: { usage }, query, now }: SilentFacts): SilentCheck {
  if (usage === null || usage.uptimeMs <= 0) return open(say('players-tab.check-loading-open'));
  const startedAt = usage.at - usage.uptimeMs;
  if (query.answeredAt !== null && query.answeredAt > startedAt)
    return out(say('players-tab.check-loading-out'));
  return open(say('players-tab.check-loading-time', { time: duration(Math.max(0, now - startedAt)) }));
}

function port({ query }: SilentFacts): readonly SilentCheck[] {
  const place = placeOf(query);
  if (place === null) return [];
  return query.problem === 'refused'
    ? [likely(say('players-tab.check-port-refused', { place }))]
    : [open(say('players-tab.check-port-open', { place }))];
}

function node({ reach: { suspect } }: SilentFacts): readonly SilentCheck[] {
  switch (suspect) {
    case 'server':
      return [out(say('players-tab.check-node-out'))];
    case 'node':
      return [likely(say('players-tab.check-node-likely'))];
    // The silence of all servers proves no fault of one node.
    case 'network':
      return [];
    case null:
      return [open(say('players-tab.check-node-open'))];
  }
}

function network({ reach: { suspect }, query }: SilentFacts): SilentCheck {
  if (suspect === 'network') return likely(say('players-tab.check-network-likely'));
  if (suspect !== null) return out(say('players-tab.check-network-out'));
  return query.problem === 'refused'
    ? out(say('players-tab.check-network-refused'))
    : open(say('players-tab.check-network-open'));
}

function placeOf({ place }: SilentFacts['query']): string | null {
  return place && oneLine(hostAndPort(place.host, place.port), 80);
}
