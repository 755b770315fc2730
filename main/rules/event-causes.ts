/** Which entries of the event log are causes of rules, and for which servers. Pure. */
import { eventPlacesOf } from '../../bridge/events/event-places.js';
import type { FleetState } from '../../bridge/fleet/changes.js';
import type { HistoryEvent } from '../../bridge/schema/events.js';
import type { RuleTrigger } from '../../bridge/schema/rule-parts.js';
import type { RuleCause } from '../../bridge/schema/rule-runs.js';
import type { EventChange } from '../events/event-log.js';
import type { RuleIndex, RuleOf } from './rule-index.js';

export interface EventCause {
  readonly ruleId: string;
  readonly cause: RuleCause;
  readonly servers: readonly string[];
}

/** Triggers that entries of the log meet. */
type EventTrigger = Extract<
  RuleTrigger['kind'],
  'event' | 'repeated' | 'backup' | 'schedule-stuck' | 'node-back'
>;

export function causesOf(
  { event, before }: EventChange,
  index: RuleIndex,
  fleet: FleetState,
): readonly EventCause[] {
  if (index.isEmpty) return [];
  if (before === null) return [...causesOfNew(event, index, fleet)];
  const joined = joinedServers(event, before);
  if (joined !== null)
    return index.ofKind('schedule-stuck').flatMap((rule) => causeFor(rule, joined, index, fleet));
  const isBack = event.what.kind === 'node-unreachable' && before.endedAt === null && event.endedAt !== null;
  if (!isBack) return [];
  return index.ofKind('node-back').flatMap((rule) => causeFor(rule, event, index, fleet));
}

/** The entry with the places alone that joined it: schedules of one panel share an entry. null = none joined. */
function joinedServers(event: HistoryEvent, before: HistoryEvent): HistoryEvent | null {
  if (event.what.kind !== 'schedule-stuck') return null;
  const known = new Set(eventPlacesOf(before).map(({ serverId }) => serverId));
  const [first, ...also] = eventPlacesOf(event).filter(({ serverId }) => !known.has(serverId));
  // Another cause, because a rule acts once on each.
  return first === undefined ? null : { ...event, ...first, also, id: `${event.id}+${known.size}` };
}

function causesOfNew(event: HistoryEvent, index: RuleIndex, fleet: FleetState): readonly EventCause[] {
  const { what } = event;
  const events = index
    .ofKind('event')
    .filter(({ trigger }) => trigger.events.some((kind) => kind === what.kind));
  const repeated = index.ofKind('repeated').filter(({ trigger }) => trigger.event === what.kind);
  const stuck = what.kind === 'schedule-stuck' ? index.ofKind('schedule-stuck') : [];
  const isBackup = what.kind === 'backup' && what.isDeleted !== true;
  const backups = isBackup
    ? index
        .ofKind('backup')
        .filter(({ trigger }) => (trigger.isGood ?? what.isSuccessful) === what.isSuccessful)
    : [];
  return [...events, ...repeated, ...backups, ...stuck].flatMap((rule) =>
    causeFor(rule, event, index, fleet),
  );
}

function causeFor(
  rule: RuleOf<EventTrigger>,
  event: HistoryEvent,
  index: RuleIndex,
  fleet: FleetState,
): readonly EventCause[] {
  const concerned = new Set(serversOf(event, fleet));
  const servers = index.serversOf(rule.id).filter((id) => concerned.has(id));
  if (servers.length === 0) return [];
  // The rule itself counts entries that must come several times.
  const kind = rule.trigger.kind === 'repeated' ? 'event' : rule.trigger.kind;
  const at = kind === 'node-back' ? (event.endedAt ?? event.at) : event.at;
  return [
    { ruleId: rule.id, servers, cause: { key: `${kind}:${event.id}`, kind, at, value: event.what.kind } },
  ];
}

/** The servers of an entry: one server, those of a node, or those of a panel. */
function serversOf(event: HistoryEvent, fleet: FleetState): readonly string[] {
  const places = eventPlacesOf(event);
  const { what } = event;
  return places.flatMap(({ accountId, serverId }) => {
    if (serverId !== null) return [serverId];
    return [...fleet.servers.values()]
      .filter(
        (one) => one.accountId === accountId && (what.kind !== 'node-unreachable' || one.node === what.node),
      )
      .map(({ id }) => id);
  });
}
