import type { RunEnd } from '../model/game-process.js';
import {
  wakingBefore,
  type ServerAlert,
  type ServerRecord,
  type Transcript,
  type Violation,
} from '../transcript.js';
import { isDisturbed, isLiveThrough, isNormalThrough } from './surroundings.js';

type Found = Omit<Violation, 'rule'>;

/** Maximum age of an end when its alert is shown, in ms: a crash Perch saw, and an end it did not see. */
const oldestMs = { seen: 90_000, unseen: 12 * 60_000 };
/** Limit for the alert of a change on a live socket, in ms. */
export const promptMs = 6000;
/** Perch alerts at most once a minute for crashes of a server, and once for many servers of a node (`main/alerts`). */
const coolDownMs = 60_000;
/** Servers that end within this time after others of their node share one alert. */
const joinsMs = 17_000;
/** A flapping server gets no alerts until it was quiet for this time. */
const flapsMs = 5 * 60_000;
/** Without console lines, an end this soon after the person's own signal counts as intended. */
const ownSignalMs = 30_000;
/** Ms. A stop this soon after the person's own signal may be its effect. */
const ownStopMs = 120_000;
/** Ms. A stop that is followed by a start within this time is a restart. */
const restartMs = 35_000;
/** A crash that is not followed by a start gets a "stays down" alert within this time, in all cases. */
const downMs = 80_000;

const ofStops: readonly string[] = ['events.stopped', 'events.killed'];

/** Each alert about an end has its own cause: no end gets two alerts. */
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

/**
 * Possible causes of an alert, oldest first. A crash alert needs a crash; an unseen end may be any end that Perch did
 * not cause.
 */
function causesOf({ at, says }: ServerAlert, { ends }: ServerRecord, transcript: Transcript): RunEnd[] {
  const isSeen = says === 'events.crashed' || says === 'events.stays-down';
  const from = wakingBefore(transcript, at, isSeen ? oldestMs.seen : oldestMs.unseen);
  return ends.filter((end) => {
    if (end.at < from || end.at > at) return false;
    if (isSeen) return end.kind === 'crash';
    // A new run does not know the signals of the run before.
    return (
      end.by !== 'perch' || transcript.restarts.some((one) => one.to <= at && one.to >= end.at - ownStopMs)
    );
  });
}

/** A crash after which the server stays down gets an alert even if the server flaps or had an alert shortly before. */
export function lastingCrashesAreReported(transcript: Transcript): Found[] {
  return endsOf(transcript)
    .filter(({ end, server }) => {
      const until = end.at + downMs;
      const { states } = server;
      const isDown =
        states.at(end.at) === 'offline' && states.spans.every(({ at }) => at <= end.at || at > until);
      if (!isDown || !isPlainCrash(end, downMs, server, transcript)) return false;
      if (isOwn(end, server, transcript) || isMany(end, server, transcript)) return false;
      return !isSaid(server, transcript, end.at, until, (says) => says !== 'alerts.flapping');
    })
    .map(({ end, server }) => ({
      at: end.at + downMs,
      about: server.id,
      what: 'it stays down, and nobody was told',
    }));
}

/** A stop by somebody else gets an alert, unless it was a restart. */
export function stopsAreReported(transcript: Transcript): Found[] {
  return endsOf(transcript)
    .filter(({ end, server }) => {
      if (end.kind !== 'wanted' || end.by !== 'somebody' || end.from !== 'stopping') return false;
      const until = end.at + restartMs;
      const isRestart = server.states.spans.some(
        ({ at, value }) => value !== 'offline' && at >= end.at && at <= until,
      );
      if (isRestart || !isClear(end, restartMs, server, transcript)) return false;
      const begun = stoppingSince(end, server);
      const isClicked = transcript.clicks.some(
        ({ serverId, at }) => serverId === server.id && at <= until && begun - at < ownStopMs,
      );
      if (isClicked || isMany(end, server, transcript)) return false;
      if (isCooling(end, server, transcript) || isFlapping(end, server, transcript)) return false;
      return !isReported(end, server, transcript);
    })
    .map(({ end, server }) => ({ at: end.at, about: server.id, what: 'a stop that nobody was told of' }));
}

/** Time when the server began to stop before this end. */
function stoppingSince({ at }: RunEnd, { states }: ServerRecord): number {
  return states.spans.findLast((span) => span.value === 'stopping' && span.at < at)?.at ?? at;
}

export function endsOf({ servers }: Transcript): { end: RunEnd; server: ServerRecord }[] {
  return [...servers.values()].flatMap((server) => server.ends.map((end) => ({ end, server })));
}

/** Crash that Perch must report: no trouble around it, nor for `ms` after it. */
function isPlainCrash(end: RunEnd, ms: number, server: ServerRecord, transcript: Transcript): boolean {
  if (end.kind !== 'crash' || (!end.hasLines && end.from !== 'running')) return false;
  return isClear(end, ms, server, transcript);
}

function isClear({ at }: RunEnd, ms: number, server: ServerRecord, transcript: Transcript): boolean {
  return (
    isLiveThrough(server, at, at + ms) &&
    isNormalThrough(server, at, at + ms) &&
    !isDisturbed(at, at + ms, server, transcript)
  );
}

export function isOwn(end: RunEnd, { id }: ServerRecord, { clicks }: Transcript): boolean {
  if (end.hasLines) return false;
  return clicks.some(
    ({ serverId, what, at }) =>
      serverId === id && what !== 'start' && at <= end.at && end.at - at < ownSignalMs,
  );
}

/** Whether an alert about the same server came shortly before: a stop after a stop, or a crash after a crash. */
export function isCooling(end: RunEnd, { id }: ServerRecord, { alerts }: Transcript): boolean {
  return alerts.some(
    ({ serverId, says, at }) =>
      serverId === id &&
      ofStops.includes(says) === (end.kind === 'wanted') &&
      at <= end.at + promptMs &&
      end.at - at < coolDownMs &&
      at < end.at,
  );
}

/**
 * Whether one alert about several servers of the node includes this one; the alert appears when no more servers join
 * (`main/alerts`).
 */
export function isMany(end: RunEnd, { id, node, panel }: ServerRecord, { shownAlerts }: Transcript): boolean {
  return shownAlerts.some(
    ({ serverIds, says, at, phase, panel: where, node: named }) =>
      says === 'alerts.many' &&
      phase === 'news' &&
      where === panel &&
      (named === null || named === node) &&
      serverIds.includes(id) &&
      at >= end.at - coolDownMs &&
      at <= end.at + joinsMs,
  );
}

/** Whether the server was reported as flapping and was not quiet since. */
export function isFlapping(end: RunEnd, { id, ends }: ServerRecord, { alerts }: Transcript): boolean {
  const told = alerts.findLast(
    ({ serverId, says, at }) => serverId === id && says === 'alerts.flapping' && at <= end.at,
  );
  if (told === undefined) return false;
  const since = [told.at, ...ends.map(({ at }) => at).filter((at) => at > told.at && at <= end.at)];
  return since.every((at, index) => at - (since[index - 1] ?? at) < flapsMs);
}

export function isReported(end: RunEnd, server: ServerRecord, transcript: Transcript): boolean {
  return isSaid(server, transcript, end.at, end.at + promptMs, () => true);
}

function isSaid(
  { id }: ServerRecord,
  { alerts, shownAlerts }: Transcript,
  from: number,
  to: number,
  isIt: (says: string) => boolean,
): boolean {
  const isThen = ({ at, says }: { at: number; says: string }): boolean =>
    at >= from && at <= to && isIt(says);
  return (
    alerts.some((alert) => alert.serverId === id && isThen(alert)) ||
    shownAlerts.some((alert) => alert.serverIds.includes(id) && alert.phase === 'news' && isThen(alert))
  );
}

/** Number of crashes without an alert because of an alert shortly before. */
export function cooledDown(transcript: Transcript): number {
  return [...transcript.servers.values()].reduce((sum, server) => {
    const crashes = server.ends.filter(({ kind }) => kind === 'crash');
    const cooled = crashes.filter(({ at }) =>
      transcript.alerts.some(
        (alert) =>
          alert.serverId === server.id &&
          !ofStops.includes(alert.says) &&
          alert.at < at &&
          at - alert.at < coolDownMs,
      ),
    );
    return sum + cooled.length;
  }, 0);
}
