/** Sentences for an event: title, details and cause. */
import type { Actor } from '../schema/event-actor.js';
import type { Aftermath, Happening, HistoryEvent } from '../schema/events.js';
import { oneLine } from '../console/plain-line.js';
import { longestPlayer } from '../players/player-verbs.js';
import { broadcastHow, broadcastTitle, playerActHow, playerActTitle } from './player-act-words.js';
import { ruleRunHow, ruleRunTitle } from './rule-run-words.js';
import { causeSentence } from '../fix-its/cause-words.js';
import { momentOfDay, stretchOfTime } from '../text/time-of-day.js';
import { sentence, type Sentence } from '../../messages/messages.js';

/** A hostile name as one line of at most 80 characters. */
export function shortName(name: string | null): string {
  return oneLine(name ?? '', 80);
}

/** Title of the event with the name of the server, node or panel. */
export function eventTitle({ what, panel, ...event }: HistoryEvent): Sentence {
  const server = shortName(event.server);
  switch (what.kind) {
    case 'crashed':
      return sentence(what.aftermath === 'stays-down' ? 'events.stays-down' : 'events.crashed', { server });
    case 'limit':
      return sentence(`events.limit-${what.of}`, { server });
    case 'node-unreachable':
      return sentence('events.node-unreachable', { node: shortName(what.node) });
    case 'panel-unreachable':
    case 'key-refused':
    case 'certificate':
      return sentence(`events.${what.kind}`, { panel: shortName(panel) });
    case 'stopped':
      return sentence(what.isKill ? 'events.killed' : 'events.stopped', { server });
    case 'backup':
      if (what.isDeleted === true) return sentence('events.backup-deleted', { server });
      return sentence(what.isSuccessful ? 'events.backup-completed' : 'events.backup-failed', { server });
    case 'backup-deleted':
      return sentence('events.backup-removed', { server });
    case 'restored':
      return sentence(what.isSuccessful === false ? 'events.restore-failed' : 'events.restored', { server });
    case 'plan-missed':
      return sentence('events.plan-missed', { server, others: what.servers - 1 });
    case 'schedule-stuck':
      return sentence(`events.schedule-${what.why}`, { server, others: what.servers - 1 });
    case 'player-act':
      return playerActTitle(what, server);
    case 'player-joined':
      return sentence('events.player-joined', {
        server,
        player: oneLine(what.players[0] ?? '', longestPlayer),
        others: what.players.length - 1,
      });
    case 'rule-run':
    case 'rule-told':
      return ruleRunTitle(what, server);
    case 'broadcast':
      return broadcastTitle(what, server);
    case 'quiet-backup':
      return sentence(what.owed === null ? 'quiet.trouble' : `quiet.owed-${what.owed}`, { server });
    default:
      return sentence(`events.${what.kind}`, { server });
  }
}

/** Details of the event: how it happened and who caused it, as far as known. */
export function eventHow({ at, what }: HistoryEvent): Sentence {
  switch (what.kind) {
    case 'crashed':
      return crashHow(what);
    case 'went-offline':
      return unseen('offline', what.by, stretchOfTime(what.from, at));
    case 'restarted':
      if (what.from !== undefined) return unseen('restarted', what.by, stretchOfTime(what.from, at));
      return by(what);
    case 'stopped':
    case 'started':
      return by(what);
    case 'restart-failed':
      return sentence(what.isPanelAway ? 'events.restart-failed-panel' : 'events.restart-failed-how');
    case 'slow-start':
      return sentence('events.slow-start-how', { minutes: what.minutes });
    case 'limit':
      return sentence(`events.limit-${what.of}-how`, { percent: what.percent });
    case 'node-unreachable':
      return sentence('events.node-unreachable-how', { servers: what.servers });
    case 'certificate':
      return sentence('events.certificate-how', { host: shortName(what.host) });
    case 'transferred':
      return sentence('events.transferred-how', { from: shortName(what.from), to: shortName(what.to) });
    case 'backup':
      if (what.isDeleted === true) return howAndWho(what, sentence('events.backup-deleted-how'));
      return howAndWho(
        what,
        sentence(what.isSuccessful ? 'events.backup-completed-how' : 'events.backup-failed-how'),
      );
    case 'backup-overdue':
      if (what.newest === null) return sentence('events.backup-overdue-none');
      return sentence('events.backup-overdue-how', { time: momentOfDay(what.newest, at) });
    case 'backup-deleted':
      return howAndWho(what, sentence('events.backup-removed-how'));
    case 'rule-stopped':
      return howAndWho(what, sentence(`events.rule-stopped-${what.why}`));
    case 'copy-failed':
      return howAndWho(what, sentence(what.differs ? 'events.copy-differs-how' : 'events.copy-failed-how'));
    case 'files-copied':
      return howAndWho(what, sentence('events.files-copied-how'));
    case 'restored':
      if (what.isSuccessful === undefined) return howAndWho(what, sentence('events.restored-how'));
      return howAndWho(
        what,
        sentence(what.isSuccessful ? 'events.restore-worked-how' : 'events.restore-failed-how'),
      );
    case 'player-act':
      return howAndWho({ by: what.by }, playerActHow(what));
    case 'rule-run':
    case 'rule-told':
      return ruleRunHow(what);
    case 'broadcast':
      return howAndWho({ by: what.by }, broadcastHow(what));
    case 'plan-missed':
      return sentence('events.plan-missed-how', {
        why: what.problem ?? sentence(`events.plan-missed-${what.why}`),
        next: sentence('events.plan-missed-next', { count: what.servers }),
      });
    case 'schedule-stuck':
      return sentence(`events.schedule-${what.why}-how`, { schedule: shortName(what.schedule) });
    case 'quiet-backup':
      return sentence('quiet.how', {
        why: sentence(`quiet.trouble-${what.trouble}`),
        now: sentence(what.owed === null ? 'quiet.is-back' : `quiet.owed-${what.owed}-next`),
      });
    case 'game-silent':
      return sentence(`events.game-silent-${what.suspect ?? 'unknown'}`);
    case 'players-on':
      return sentence('events.players-on-how', { count: what.count });
    case 'player-joined':
      return sentence('events.player-joined-how', { players: oneLine(what.players.join(', '), 200) });
    case 'full':
      return sentence('events.full-how', { slots: what.slots });
    default:
      return sentence(`events.${what.kind}-how`);
  }
}

/** The details, after the name of the backup and before the person who acted, as far as known. */
function howAndWho(
  { name, by: actor }: { name?: string | undefined; by?: Actor | undefined },
  how: Sentence,
): Sentence {
  const named = name === undefined ? how : sentence('events.of-backup', { name: oneLine(name, 80), how });
  if (actor === undefined || actor.kind === 'unknown') return named;
  const who =
    actor.kind === 'person'
      ? sentence('events.by-person', { name: oneLine(actor.name, 60) })
      : knownActor(actor);
  return sentence('events.how-and-who', { how: named, who });
}

const afterwards: Record<Exclude<Aftermath, 'open'>, Sentence> = {
  starting: sentence('events.then-starting'),
  'stays-down': sentence('events.then-down'),
  up: sentence('events.then-up'),
};

type Crashed = Extract<Happening, { kind: 'crashed' }>;

function crashHow({ aftermath, ...crash }: Crashed): Sentence {
  const how = crashReason(crash);
  return aftermath === 'open' ? how : sentence('events.crash-and-then', { how, then: afterwards[aftermath] });
}

/** A cause named by the console says more than an exit code; the server's banner shows the same sentence. */
function crashReason({ reason, about, ...crash }: Omit<Crashed, 'aftermath' | 'kind'>): Sentence {
  if (reason === 'memory') return sentence('events.out-of-memory');
  return reason === undefined ? crashCause(crash) : causeSentence({ kind: reason, about });
}

/** How a process ended on its own. */
export function crashCause({
  outOfMemory,
  exitCode,
}: {
  outOfMemory: boolean;
  exitCode: number | null;
}): Sentence {
  if (outOfMemory) return sentence('events.out-of-memory');
  return exitCode === null ? sentence('events.ended') : sentence('events.exit-code', { code: exitCode });
}

/** Details of an end or a restart that Perch did not see; the panel's activity may name the person or schedule. */
function unseen(
  what: 'offline' | 'restarted',
  by: Actor | undefined,
  times: ReturnType<typeof stretchOfTime>,
): Sentence {
  if (by?.kind === 'person') {
    return sentence(`events.unseen-${what}-by`, { ...times, name: oneLine(by.name, 60) });
  }
  if (by?.kind === 'schedule') {
    return sentence('events.unseen-by-schedule', { ...times, how: bySchedule(by) });
  }
  const isUnnamed = by?.kind === 'unknown' && by.isUnnamed === true;
  return sentence(isUnnamed ? `events.unseen-${what}-unnamed` : `events.unseen-${what}`, times);
}

function bySchedule({ name, by: who }: Extract<Actor, { kind: 'schedule' }>): Sentence {
  const schedule = oneLine(name, 60);
  if (who === null) return sentence('events.by-schedule', { schedule });
  return sentence('events.by-schedule-of', { schedule, name: oneLine(who, 60) });
}

function by({
  by: actor,
  kind,
}: Extract<Happening, { kind: 'stopped' | 'started' | 'restarted' }>): Sentence {
  switch (actor.kind) {
    case 'schedule':
    case 'me':
      return knownActor(actor);
    case 'person':
      return sentence(`events.${kind}-by`, { name: oneLine(actor.name, 60) });
    case 'unknown':
      return sentence(actor.isUnnamed === true ? 'events.by-unnamed' : 'events.by-somebody');
  }
}

function knownActor(actor: Extract<Actor, { kind: 'me' | 'schedule' }>): Sentence {
  if (actor.kind === 'schedule') return bySchedule(actor);
  if (actor.emptyMinutes !== undefined) {
    return sentence('events.by-empty', { minutes: actor.emptyMinutes });
  }
  if (actor.rule === true) return sentence('events.by-rule');
  if (actor.program !== undefined) {
    return sentence('events.by-program', { program: oneLine(actor.program, 60) });
  }
  return sentence(actor.bulk ? 'events.by-me-bulk' : 'events.by-me');
}
