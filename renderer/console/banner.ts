/** The notice above a console that is not simply live: one sentence, the next step, one action. */
import type { Condition, Link, Server } from '../../bridge/domain.js';
import type { Problem } from '../../bridge/errors.js';
import { conditionBlock, isGranted } from '../../bridge/permissions.js';
import { spoken } from '../../words/words.js';
import { until } from '../ui/format.js';

export interface ConsoleBanner {
  readonly tone: 'info' | 'warn' | 'error';
  readonly message: string;
  readonly next: string;
  readonly action: 'start' | 'retry' | null;
}

/** What a person can do about a condition; all of them end without Perch. */
const waitFor: Record<Condition, string> = {
  normal: '',
  'reinstall-failed': '',
  installing: 'The console goes on when the installation has finished.',
  'install-failed': 'Ask your host to repair the installation.',
  suspended: 'Ask your host why; the console opens again when the suspension ends.',
  restoring: 'The console opens when the backup is restored.',
  transferring: 'The console opens when the move is done.',
  maintenance: 'Wait until your host has finished.',
};

type Facts = Pick<Server, 'condition' | 'power' | 'pending' | 'crashedAt' | 'crash' | 'permissions'>;

/** `readsInstall`: whether this person gets the output of installations (PROTOCOL 4.4). */
export function consoleBanner(
  server: Facts,
  link: Link,
  ended: Problem | null,
  now: number,
  readsInstall = false,
): ConsoleBanner | null {
  if (ended !== null) return problemBanner(ended, now);
  const block = conditionBlock(server.condition);
  if (block !== null) return blocked(server.condition, spoken(block), readsInstall);
  if (link.kind === 'refused') return problemBanner(link.problem, now);
  if (link.kind === 'reconnecting') return reconnecting(link, now);
  if (server.power === 'offline' && server.pending === null) return offline(server);
  return isGranted(server.permissions, 'control.console') ? null : readOnly;
}

/** Whether the panel gives this person the output of installations: to its administrators alone. */
export function readsInstallation({ permissions }: Pick<Server, 'permissions'>, isAdmin: boolean): boolean {
  return isAdmin || permissions?.includes('admin.websocket.install') === true;
}

const readOnly: ConsoleBanner = {
  tone: 'info',
  message: 'You can read this console, but not send commands.',
  next: 'Ask the owner of the server for control.console.',
  action: null,
};

function blocked(condition: Condition, message: string, readsInstall: boolean): ConsoleBanner {
  const output = readsInstall
    ? 'Its output is shown below.'
    : 'The panel shows its output to administrators only.';
  const next = condition === 'installing' ? `${output} ${waitFor.installing}` : waitFor[condition];
  return { tone: 'warn', message, next, action: null };
}

function problemBanner(problem: Problem, now: number): ConsoleBanner {
  const wait = problem.retryAt === undefined ? 'now' : until(problem.retryAt, now);
  const step = spoken(problem.next);
  const next = wait === 'now' ? step : `${step} It works again in ${wait}.`;
  return { tone: 'error', message: spoken(problem.message), next, action: 'retry' };
}

function reconnecting(link: Extract<Link, { kind: 'reconnecting' }>, now: number): ConsoleBanner {
  const wait = until(link.retryAt, now);
  return {
    tone: 'warn',
    message: link.problem ? spoken(link.problem.message) : 'The connection to the console was lost.',
    next: wait === 'now' ? 'Connecting again ...' : `Connecting again in ${wait}.`,
    action: 'retry',
  };
}

function offline({ crashedAt, crash }: Pick<Server, 'crashedAt' | 'crash'>): ConsoleBanner {
  if (crashedAt === null) {
    return { tone: 'info', message: 'The server is offline.', next: '', action: 'start' };
  }
  return { tone: 'error', message: 'The server crashed.', next: crashWords(crash ?? null), action: 'start' };
}

/** The same for narrow places: `out of memory`, `exit code 1`; empty where nothing is known. */
export function crashInShort(crash: NonNullable<Server['crash']> | null): string {
  if (crash === null) return '';
  if (crash.outOfMemory) return 'out of memory';
  return crash.exitCode === null ? '' : `exit code ${crash.exitCode}`;
}

/** `It ran out of memory (exit code 137).`; empty where nothing is known. */
export function crashWords(crash: NonNullable<Server['crash']> | null): string {
  if (crash === null) return '';
  const { exitCode, outOfMemory } = crash;
  const code = exitCode === null ? '' : `exit code ${exitCode}`;
  if (outOfMemory) return code === '' ? 'It ran out of memory.' : `It ran out of memory (${code}).`;
  return code === '' ? '' : `It ended with ${code}.`;
}
