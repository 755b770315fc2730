/**
 * Decides which crash lines are genuine: those of the node, not those that a game prints. Pure.
 *
 * Any program may print the daemon's lines (PROTOCOL 4.12.8). The node prints them after the process has ended, up to
 * 0.4 s after `offline` (PROTOCOL 4.12.17), when no process can print. So lines after an unrequested end count. Lines
 * before the end count only if the node prints none after it. Lines without an end never count.
 */
import type { PowerState } from '../../../bridge/schema/domain.js';
import type { Crash } from '../../../bridge/schema/process-end.js';
import { isEnding } from './sent-signals.js';
import { askedEndLinesMs, earlyLinesMs, falseEndMs, lateLinesMs, ownLinesMs, sameCrashMs } from './limits.js';
import type { CrashReport, Moment, Story } from './story-state.js';

/** A new state of the socket. */
export function linesAtState(story: Story, power: PowerState, moment: Moment): Story {
  const before = story.power;
  if (power === before) return story;
  const next = { ...story, power };
  if (power === 'offline') return atEnd(next, before, moment);
  if (power === 'starting') return atStart(next, before, moment);
  // The process never ended, or somebody is stopping it: the lines were no crash.
  return power === 'stopping' || (story.end?.startedAt ?? null) === null ? withoutLines(next) : next;
}

/** Usage of the socket. A lower age means a new process. */
export function linesAtAge(story: Story, uptimeMs: number, moment: Moment): Story {
  const isNew = uptimeMs > 0 && uptimeMs < story.uptimeMs;
  const next = { ...story, uptimeMs, heardAt: moment.now };
  const isMissedEnd = isNew && story.power === 'running' && story.end === null;
  return isMissedEnd ? believed(next, recentEarly(story, moment)) : next;
}

export function withLines(story: Story, crash: Crash, moment: Moment): Story {
  const { power, end } = story;
  const { now } = moment;
  const report = { at: now, crash };
  if (power !== 'offline' || end === null) {
    const startedAt = end?.startedAt ?? -Infinity;
    if (now - startedAt <= lateLinesMs) return end?.isTold === true ? story : believed(story, report);
    return isOurs(story, moment) ? story : { ...story, early: report };
  }
  if (end.isAsked && now - end.at < askedEndLinesMs) return story;
  const dueAt = end.at + falseEndMs;
  if (dueAt <= now) return believed(story, report);
  // The newest lines count, because only the node can print now.
  return { ...story, waiting: { ...report, dueAt, isAfterEnd: true } };
}

/** Believes the lines of a finished end; later ends can't be judged without a connection. */
export function linesAtLoss(story: Story): Story {
  const { waiting } = story;
  return dropLines(waiting?.isAfterEnd === true ? believed(story, waiting) : story);
}

export function dropLines(story: Story): Story {
  return withoutLines({ ...story, power: null, uptimeMs: 0 });
}

/** Reports a crash. The same crash keeps its time, so that nobody is notified twice. */
export function believed(story: Story, report: CrashReport | null): Story {
  if (report === null) return story;
  const { end, crashedAt } = story;
  const at = report.at - crashedAt < sameCrashMs ? crashedAt : report.at;
  return {
    ...story,
    end: end === null ? null : { ...end, isTold: true },
    early: null,
    waiting: null,
    doubt: null,
    unseen: null,
    crashedAt: at,
    crashes: [...story.crashes, { at, crash: report.crash }],
  };
}

function atEnd(story: Story, before: PowerState | null, moment: Moment): Story {
  const { now } = moment;
  const early = recentEarly(story, moment);
  const end = { at: now, isAsked: before === 'stopping', startedAt: null, isTold: false };
  const counts = early !== null && !end.isAsked;
  const waiting = counts ? { ...early, dueAt: now + ownLinesMs, isAfterEnd: false } : null;
  return { ...story, end, early: null, waiting };
}

function atStart(story: Story, before: PowerState | null, moment: Moment): Story {
  const { now, sent } = moment;
  const isMissedEnd = before === 'running';
  const next = { ...story, uptimeMs: 0, earlierId: sent.at(-1)?.id ?? 0 };
  const ended = isMissedEnd
    ? believed(atEnd({ ...next, early: null }, before, moment), recentEarly(story, moment))
    : next;
  const { end, waiting } = ended;
  if (end === null || end.isAsked) return withoutLines(ended);
  const started = { ...ended, end: { ...end, startedAt: now } };
  return waiting?.isAfterEnd === true ? believed(started, waiting) : started;
}

/** True if a signal of the user ends this process. Lines that the process printed then say nothing about its end. */
function isOurs({ earlierId }: Story, { sent }: Moment): boolean {
  return sent.some((one) => one.id > earlierId && isEnding(one));
}

function recentEarly(story: Story, moment: Moment): CrashReport | null {
  const early = isOurs(story, moment) ? null : story.early;
  return early !== null && moment.now - early.at <= earlyLinesMs ? early : null;
}

function withoutLines(story: Story): Story {
  return { ...story, end: null, early: null, waiting: null };
}
