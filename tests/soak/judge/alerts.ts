import type { RunEnd } from '../model/game-process.js';
import {
  wakingBefore,
  type SaidAlert,
  type ServerRecord,
  type Transcript,
  type Violation,
} from '../transcript.js';

type Found = Omit<Violation, 'rule'>;

/** How old the end of a process may be when a person is told of it: a crash that was seen, and an end that was not. */
const oldestMs = { seen: 90_000, unseen: 12 * 60_000 };
/** A crash that is seen on a live socket is told within this time. */
const promptMs = 6000;
/** Perch tells of one server's crashes once a minute, and of many servers of a node once (`main/alerts`). */
const coolDownMs = 60_000;
/** Of one that flaps nothing more is told until it was quiet for so long. */
const flapsMs = 5 * 60_000;
/** Without lines, an end this soon after a signal of the person's is taken for what it wanted. */
const ownSignalMs = 30_000;
/** A wire that is cut is noticed after this time, and until then looks alive. */
const unnoticedMs = 45_000;

/** Every alert has an end of its own as its cause: none is told of twice. */
export function alertsHaveCauses(transcript: Transcript): Found[] {
  const taken = new Set<RunEnd>();
  return transcript.alerts.flatMap((alert) => {
    const server = transcript.servers.get(alert.serverId);
    const ends = server === undefined ? [] : causesOf(alert, server, transcript);
    const cause = ends.find((end) => !taken.has(end));
    if (cause !== undefined) {
      taken.add(cause);
      return [];
    }
    const what = ends.length === 0 ? 'an alert without a cause' : 'told twice';
    return [{ at: alert.at, about: alert.serverId, what: `${what} (${alert.says})` }];
  });
}

/** Oldest first. What is told as a crash must be one; what nobody saw may be any end that was not Perch's doing. */
function causesOf({ at, says }: SaidAlert, { ends }: ServerRecord, transcript: Transcript): RunEnd[] {
  const isSeen = says === 'events.crashed' || says === 'events.stays-down';
  const from = wakingBefore(transcript, at, isSeen ? oldestMs.seen : oldestMs.unseen);
  return ends.filter((end) => {
    if (end.at < from || end.at > at) return false;
    return isSeen ? end.kind === 'crash' : end.by !== 'perch';
  });
}

/** Where nothing was in the way, a crash is told, and promptly. */
export function crashesAreTold(transcript: Transcript): Found[] {
  return [...transcript.servers.values()].flatMap((server) =>
    server.ends
      .filter((end) => mustBeTold(end, server, transcript) && !isTold(end, server, transcript))
      .map((end) => ({ at: end.at, about: server.id, what: 'a crash that nobody was told of' })),
  );
}

function mustBeTold(end: RunEnd, server: ServerRecord, transcript: Transcript): boolean {
  if (end.kind !== 'crash' || (!end.hasLines && end.from !== 'running')) return false;
  return (
    isLiveAround(end.at, server) &&
    server.conditions.at(end.at) === 'normal' &&
    server.conditions.at(end.at + promptMs) === 'normal' &&
    !isDisturbed(end.at, server, transcript) &&
    !isExcused(end, server, transcript)
  );
}

function isLiveAround(at: number, { shown }: ServerRecord): boolean {
  const from = shown.findLastIndex((one) => one.at <= at - 2000);
  if (from < 0) return false;
  return shown.slice(from).every((one) => one.at > at + promptMs || one.link === 'live');
}

/** Something was wrong around that time, so that it may have been missed. */
function isDisturbed(
  at: number,
  { panel, node }: ServerRecord,
  { troubles, sleeps, ms }: Transcript,
): boolean {
  if (at + promptMs > ms) return true;
  const touches = (from: number, to: number): boolean => from <= at + promptMs && to + unnoticedMs >= at;
  if (sleeps.some(({ from, to }) => touches(from, to))) return true;
  return troubles.some(
    ({ from, to, where }) => touches(from, to) && (where === null || where === panel || where === node),
  );
}

function isExcused(end: RunEnd, server: ServerRecord, { clicks, alerts, servers }: Transcript): boolean {
  const { id, ends, node, panel } = server;
  // One crash straight after another is one for whoever is told.
  const isAgain = ends.some((one) => one !== end && one.kind === 'crash' && Math.abs(one.at - end.at) < 6000);
  const isOwn =
    !end.hasLines &&
    clicks.some(
      ({ serverId, what, at }) =>
        serverId === id && what !== 'start' && at <= end.at && end.at - at < ownSignalMs,
    );
  const isCooling = alerts.some(
    ({ serverId, at }) =>
      serverId === id && at <= end.at + promptMs && end.at - at < coolDownMs && at < end.at,
  );
  const isOneOfMany = alerts.some(({ serverId, says, at }) => {
    const other = servers.get(serverId);
    const isSameNode = other?.node === node && other.panel === panel;
    return says === 'alerts.many' && isSameNode && at <= end.at + promptMs && end.at - at < coolDownMs;
  });
  return isAgain || isOwn || isCooling || isOneOfMany || isFlapping(end, server, alerts);
}

/** It was told to flap, and has not been quiet since. */
function isFlapping(end: RunEnd, { id, ends }: ServerRecord, alerts: readonly SaidAlert[]): boolean {
  const told = alerts.findLast(
    ({ serverId, says, at }) => serverId === id && says === 'alerts.flapping' && at <= end.at,
  );
  if (told === undefined) return false;
  const since = [told.at, ...ends.map(({ at }) => at).filter((at) => at > told.at && at <= end.at)];
  return since.every((at, index) => at - (since[index - 1] ?? at) < flapsMs);
}

function isTold(end: RunEnd, { id }: ServerRecord, { alerts }: Transcript): boolean {
  return alerts.some(({ serverId, at }) => serverId === id && at >= end.at && at <= end.at + promptMs);
}

/** Crashes of which nobody was told because the last one was told a moment ago. */
export function cooledDown(transcript: Transcript): number {
  return [...transcript.servers.values()].reduce((sum, server) => {
    const crashes = server.ends.filter(({ kind }) => kind === 'crash');
    const cooled = crashes.filter(({ at }) =>
      transcript.alerts.some(
        (alert) => alert.serverId === server.id && alert.at < at && at - alert.at < coolDownMs,
      ),
    );
    return sum + cooled.length;
  }, 0);
}
