/** Notice above a console that is not live: one sentence, the next step, one action. */
import type { RefusedCertificate } from '../../bridge/schema/certificate.js';
import type { Condition, Link, Server } from '../../bridge/schema/domain.js';
import type { Problem } from '../../bridge/errors.js';
import { isDiskFull } from '../../bridge/fleet/disk-full.js';
import { conditionBlock, isGranted } from '../../bridge/panel/permissions.js';
import { stretchOfTime } from '../../bridge/text/time-of-day.js';
import { say, spoken } from '../../messages/messages.js';
import type { Now } from '../state/feeds/now.svelte.js';
import { bytes, until } from '../ui/text/format.js';

export interface ConsoleBanner {
  readonly tone: 'info' | 'warn' | 'error';
  readonly message: string;
  readonly next: string;
  readonly action: 'start' | 'retry' | 'allow-unencrypted' | null;
  /** Settings section where the user can fix the problem. */
  readonly section?: Problem['section'];
  /** Certificate for the user to compare and trust; set where the certificate is the cause. */
  readonly certificate?: RefusedCertificate | undefined;
}

/** Main's monotonic time now, and the wall-clock time of a given moment. */
type Time = Pick<Now, 'at' | 'wallOf'>;
type Facts = Pick<
  Server,
  'condition' | 'power' | 'pending' | 'crashedAt' | 'crash' | 'permissions' | 'usage' | 'limits'
>;

/** Facts besides the server itself that decide which notice is shown. */
interface Around {
  /** Whether this user receives the output of installations (PROTOCOL 4.4). */
  readonly readsInstall?: boolean;
  /** True if the part above the console already shows cause, state and the button that helps. */
  readonly isTold?: boolean;
}

export function consoleBanner(
  server: Facts,
  link: Link,
  ended: Problem | null,
  now: Time,
  { readsInstall = false, isTold = false }: Around = {},
): ConsoleBanner | null {
  if (ended !== null) return problemBanner(ended, now.at);
  const block = conditionBlock(server.condition);
  if (block !== null) return blocked(server.condition, spoken(block), readsInstall);
  if (link.kind === 'refused') return refused(link, now.at);
  // A live console is readable whatever permission the panel reports for it (PROTOCOL D22).
  if (link.kind !== 'live' && !isGranted(server.permissions, 'websocket.connect'))
    return lacking('no-access');
  if (link.kind === 'reconnecting') {
    if (link.problem?.code === 'node-unencrypted') return unencrypted(link.problem);
    return isTold && link.problem?.certificate === undefined ? null : reconnecting(link, now.at);
  }
  if (server.power === 'offline' && server.pending === null) return isTold ? null : offline(server, now);
  return isGranted(server.permissions, 'control.console') ? null : lacking('read-only');
}

/** Whether the panel sends installation output to this user: only to administrators. */
export function readsInstallation({ permissions }: Pick<Server, 'permissions'>, isAdmin: boolean): boolean {
  return isAdmin || permissions?.includes('admin.websocket.install') === true;
}

/** Permission that the account lacks: to read the console, or to send commands. */
function lacking(what: 'no-access' | 'read-only'): ConsoleBanner {
  return { tone: 'info', message: say(`console.${what}`), next: say(`console.${what}-next`), action: null };
}

function blocked(condition: Condition, message: string, readsInstall: boolean): ConsoleBanner {
  return { tone: 'warn', message, next: waitFor(condition, readsInstall), action: null };
}

/** Next step for a condition. Perch cannot end a condition itself. */
function waitFor(condition: Condition, readsInstall: boolean): string {
  if (condition === 'normal' || condition === 'reinstall-failed') return '';
  if (condition !== 'installing') return say(`console.wait-${condition}`);
  return say(readsInstall ? 'console.installing-shown' : 'console.installing-hidden');
}

function problemBanner(problem: Problem, now: number): ConsoleBanner {
  const { message, next, retryAt } = problem;
  const isOpen = retryAt === undefined || retryAt <= now;
  return {
    tone: 'error',
    message: spoken(message),
    next: isOpen ? spoken(next) : say('console.works-again', { next, time: until(retryAt, now) }),
    action: 'retry',
    certificate: problem.certificate,
    section: problem.section,
  };
}

function refused({ problem, retryAt }: Extract<Link, { kind: 'refused' }>, now: number): ConsoleBanner {
  const banner = problemBanner(problem, now);
  if (problem.retryAt !== undefined || retryAt <= now) return banner;
  const time = until(retryAt, now);
  return { ...banner, next: say('console.next-attempt', { next: problem.next, time }) };
}

/** Offers no retry: only the host or the user can change an unencrypted node. */
function unencrypted({ message, next }: Problem): ConsoleBanner {
  return { tone: 'warn', message: spoken(message), next: spoken(next), action: 'allow-unencrypted' };
}

function reconnecting(link: Extract<Link, { kind: 'reconnecting' }>, now: number): ConsoleBanner {
  const certificate = link.problem?.certificate;
  const whenAgain =
    link.retryAt <= now
      ? say('console.connecting-again')
      : say('console.connecting-in', { time: until(link.retryAt, now) });
  return {
    tone: 'warn',
    message: link.problem ? spoken(link.problem.message) : say('console.lost'),
    next: certificate && link.problem ? spoken(link.problem.next) : whenAgain,
    action: 'retry',
    certificate,
    section: link.problem?.section,
  };
}

function offline(server: Facts, now: Time): ConsoleBanner {
  if (isDiskFull(server)) return diskFull(server);
  const [message, next] = downSentences(server, now);
  const tone = server.crashedAt === null ? 'info' : server.crash?.unseen === undefined ? 'error' : 'warn';
  return { tone, message, next, action: 'start' };
}

/** State of an offline server: `The server crashed. It ended with exit code 1.` */
export function downWords(server: Facts, now: Time): string {
  return server.power === 'offline' ? downSentences(server, now).filter(Boolean).join(' ') : '';
}

/** State of an offline server, and the cause of a crash (empty without one). */
function downSentences({ crashedAt, crash = null }: Facts, now: Time): [state: string, why: string] {
  if (crashedAt === null) return [say('blocks.is-offline'), ''];
  const isSeen = crash?.unseen === undefined;
  return [say(isSeen ? 'console.crashed' : 'blocks.is-offline'), crashWords(crash, now)];
}

/** The start button stays: the disk figure may be minutes old. */
function diskFull({ usage, limits }: Facts): ConsoleBanner {
  const used = bytes(usage?.diskBytes ?? 0);
  const limit = bytes(limits.diskBytes ?? 0);
  const message = say('console.disk-full', { used, limit });
  return { tone: 'error', message, next: say('console.disk-full-next'), action: 'start' };
}

/** Crash cause for narrow places: `out of memory`, `exit code 1`; empty if unknown. */
export function crashInShort(crash: NonNullable<Server['crash']> | null): string {
  if (crash === null) return '';
  if (crash.unseen !== undefined) return say('console.not-by-perch');
  if (crash.outOfMemory) return say('console.crash-memory');
  return crash.exitCode === null ? '' : say('console.crash-code', { code: crash.exitCode });
}

/** Crash cause as a sentence: `It ran out of memory (exit code 137).`; empty if unknown. */
export function crashWords(crash: NonNullable<Server['crash']> | null, time: Pick<Time, 'wallOf'>): string {
  if (crash === null) return '';
  const { exitCode, outOfMemory, unseen } = crash;
  if (unseen !== undefined) {
    return say(
      `events.unseen-${unseen.what}`,
      stretchOfTime(time.wallOf(unseen.from), time.wallOf(unseen.to)),
    );
  }
  if (exitCode === null) return outOfMemory ? say('events.out-of-memory') : '';
  return say(outOfMemory ? 'console.out-of-memory-code' : 'console.ended-with', { code: exitCode });
}
