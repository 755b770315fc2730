/** Reasons for attention in a few words each, worst first. Pure except for the language. */
import type { AttentionReason } from '../../../bridge/alerts/attention.js';
import type { Server } from '../../../bridge/schema/domain.js';
import { crashCause } from '../../../bridge/events/event-words.js';
import type { Problem } from '../../../bridge/schema/problem.js';
import { bytesOfLimit, percentOfLimit } from '../../../bridge/text/figures.js';
import { measuredUsage, shareOf } from '../../../bridge/fleet/shares.js';
import { limited, type Limited } from '../../../bridge/fleet/limited.js';
import { dateOf } from '../../../bridge/text/time-of-day.js';
import { say, spoken } from '../../../messages/messages.js';
import { listWord, memoryLimit } from '../server-look.js';
import { fixTitle } from '../server/fixes/fix-words.js';

export interface WhyFacts {
  readonly server: Server;
  /** Known problem of the panel or the node. */
  readonly problem: Problem | null;
  /** Number of crashes today. */
  readonly crashes: number;
}

/** Short causes for problems whose sentence does not fit a row of two short lines; the tooltip has the sentence. */
const causes: ReadonlyMap<string, 'node.no-answer' | 'node.unknown-server' | 'attention.node-token'> =
  new Map([
    ['panel.node-down', 'node.no-answer'],
    ['panel.node-unknown-server', 'node.unknown-server'],
    ['panel.node-token', 'attention.node-token'],
  ]);

export function whyWords(reasons: readonly AttentionReason[], facts: WhyFacts): string {
  return joined(reasons, facts, causeOf);
}

/** Reasons with the whole sentence of a problem and the next step. */
export function whyInFull(reasons: readonly AttentionReason[], facts: WhyFacts): string {
  return joined(reasons, facts, ({ message, next }) => `${spoken(message)} ${spoken(next)}`.trim());
}

function causeOf({ message }: Problem): string {
  const cause = causes.get(message.id);
  return cause === undefined ? spoken(message) : say(cause);
}

type SayProblem = (problem: Problem) => string;

function joined(reasons: readonly AttentionReason[], facts: WhyFacts, sayProblem: SayProblem): string {
  // A known cause says more than the end of the process.
  const hasFix = reasons.some(({ kind }) => kind === 'fix');
  return reasons
    .filter(({ kind }) => !(hasFix && kind === 'ended'))
    .flatMap((reason) => wordsOf(reason, facts, sayProblem))
    .join(' · ');
}

function wordsOf(
  reason: AttentionReason,
  { server, problem, crashes }: WhyFacts,
  sayProblem: SayProblem,
): readonly string[] {
  switch (reason.kind) {
    case 'fix':
      return [fixTitle(reason.fix)];
    case 'restart-failed':
      return [say('attention.restart-failed')];
    case 'ended':
      return [endWords(server)];
    case 'failed':
      return [listWord(server.condition === 'install-failed' ? 'install-failed' : 'reinstall-failed')];
    case 'silent':
      return [problem === null ? say('attention.silent') : sayProblem(problem)];
    case 'near':
      return nearOnes(server).flatMap((of) => nearWords(of, server) ?? []);
    case 'backup-overdue':
      return [backupWords(server)];
    case 'unseen':
      return [crashes === 0 ? say('attention.unseen') : say('past.crashed-today', { count: crashes })];
  }
}

function backupWords({ lastBackup }: Server): string {
  return lastBackup
    ? say('attention.backup-old', { date: dateOf(lastBackup.at) })
    : say('attention.backup-none');
}

function endWords({ crash }: Server): string {
  if (crash?.unseen !== undefined) return say('attention.ended-unseen');
  return spoken(crashCause(crash ?? { outOfMemory: false, exitCode: null }));
}

/**
 * Limits that the server is near. Lists update at an interval, so a listed server may just have left its limit; then
 * the nearest limit.
 */
function nearOnes(server: Server): readonly Limited[] {
  const { near = [] } = server;
  if (near.length > 0) return near;
  const look = { usage: measuredUsage(server) };
  const shareIn = (of: Limited): number => shareOf(of, server, look) ?? 0;
  return limited.toSorted((one, other) => shareIn(other) - shareIn(one)).slice(0, 1);
}

/** null if the figure is gone by now. */
function nearWords(of: Limited, server: Server): string | null {
  const usage = measuredUsage(server);
  const { limits } = server;
  if (of === 'disk') {
    const disk = (server.usage ?? usage)?.diskBytes;
    return disk === undefined ? null : say('attention.disk', { used: bytesOfLimit(disk, limits.diskBytes) });
  }
  if (usage === null) return null;
  return of === 'cpu'
    ? say('attention.cpu', { used: percentOfLimit(usage.cpuPercent, limits.cpuPercent) })
    : say('attention.memory', { used: bytesOfLimit(usage.memoryBytes, memoryLimit(server)) });
}
