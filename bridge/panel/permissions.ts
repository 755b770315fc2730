/** Which permission an action needs, and whether a list of grants holds it (PROTOCOL 5). */
import type { Account, Condition, PowerSignal, PowerState, Server } from '../schema/domain.js';
import type { ProblemCode } from '../errors.js';
import { sentence, type Sentence } from '../../messages/messages.js';

/**
 * `*` stands for everything but `admin.*` (PROTOCOL 5). Unknown grants (null) count as allowed: the panel decides.
 */
export function isGranted(grants: readonly string[] | null, permission: string): boolean {
  if (grants === null || grants.includes(permission)) return true;
  return !permission.startsWith('admin') && grants.includes('*');
}

/** The permission that a signal needs; kill needs that of stop (PROTOCOL D22). */
export function powerPermission(signal: PowerSignal): string {
  return signal === 'kill' ? 'control.stop' : `control.${signal}`;
}

function mayPower(grants: readonly string[] | null, signal: PowerSignal): boolean {
  const named = isGranted(grants, powerPermission(signal));
  return named || (signal === 'kill' && isGranted(grants, 'control.kill'));
}

/** What a signal needs of a server: structural, so that callers need no whole `Server`. */
export interface PowerFacts {
  readonly power: PowerState | null;
  readonly condition: Condition;
  readonly permissions: readonly string[] | null;
  readonly pending?: Pick<NonNullable<Server['pending']>, 'signal' | 'doubt'> | null;
}

const blockedBy: Partial<Record<Condition, Sentence>> = {
  installing: sentence('blocks.installing'),
  'install-failed': sentence('blocks.install-failed'),
  'reinstall-blocked': sentence('blocks.reinstall-blocked'),
  suspended: sentence('blocks.suspended'),
  restoring: sentence('blocks.restoring'),
  transferring: sentence('blocks.transferring'),
  maintenance: sentence('blocks.maintenance'),
};

/** Why a condition blocks every action, or null when it does not (PROTOCOL 2.0). */
export function conditionBlock(condition: Condition): Sentence | null {
  return blockedBy[condition] ?? null;
}

/** Why something can't be used without a permission. */
export function lacking(permission: string): Sentence {
  return sentence('blocks.permission', { permission });
}

const usefulIn: Record<PowerSignal, readonly PowerState[]> = {
  start: ['offline'],
  stop: ['starting', 'running'],
  restart: ['starting', 'running', 'offline'],
  kill: ['starting', 'running', 'stopping'],
};

/** Why a signal can't be sent now; null when it can. */
export function powerBlock(signal: PowerSignal, facts: PowerFacts): Sentence | null {
  const condition = conditionBlock(facts.condition);
  if (condition !== null) return condition;
  if (!mayPower(facts.permissions, signal)) return lacking(powerPermission(signal));
  // One whose answer is lost may be waited for long.
  if (facts.pending && facts.pending.doubt !== 'lost' && signal !== 'kill') return sentence('blocks.pending');
  if (facts.power !== null && !usefulIn[signal].includes(facts.power)) {
    return sentence(`blocks.is-${facts.power}`);
  }
  return null;
}

/** Nobody knows whether it runs now: before one of many gets a signal, it is read. */
export function isUnread({ power, lastSeenAt }: Pick<Server, 'power' | 'lastSeenAt'>): boolean {
  return power === null || (lastSeenAt ?? null) !== null;
}

const awayCodes: ReadonlySet<ProblemCode> = new Set<ProblemCode>([
  'panel-unreachable',
  'panel-error',
  'not-a-panel',
]);

/**
 * Why the panel of this account is of no use to a node now, in the words that stand above its servers; null while the
 * panel answers. A node asks its panel for a server's settings before it starts the server, and a restart stops the server
 * first, so both leave it down (PROTOCOL 4.11.5).
 */
function panelAway(account: Pick<Account, 'state'> | undefined): Sentence | null {
  if (account?.state.kind !== 'failed') return null;
  const { code, message } = account.state.problem;
  return awayCodes.has(code) ? message : null;
}

export function isPanelAway(account: Pick<Account, 'state'> | undefined): boolean {
  return panelAway(account) !== null;
}

function needsPanel(signal: PowerSignal): signal is 'start' | 'restart' {
  return signal === 'start' || signal === 'restart';
}

/** Why a start or restart is asked about first, and is left out where nobody can be asked; null for any other signal. */
export function awayBlock(signal: PowerSignal, account: Pick<Account, 'state'> | undefined): Sentence | null {
  const why = panelAway(account);
  return why === null || !needsPanel(signal) ? null : sentence(`blocks.panel-away-${signal}`, { why });
}

/** What a person is asked then. */
export function awayQuestion(
  signal: PowerSignal,
  account: Pick<Account, 'state'> | undefined,
): Sentence | null {
  const why = panelAway(account);
  return why === null || !needsPanel(signal) ? null : sentence(`power.panel-away-${signal}`, { why });
}

/** Why one of many gets no signal although it could: a restart of many restarts what runs, and starts nothing. */
export function bulkBlock(signal: PowerSignal, { power }: Pick<PowerFacts, 'power'>): Sentence | null {
  return signal === 'restart' && power === 'offline' ? sentence('blocks.is-offline') : null;
}

/** Why nobody can be warned of a restart now; null when they can. */
export function warnBlock(facts: PowerFacts): Sentence | null {
  const block = powerBlock('restart', facts);
  if (block !== null) return block;
  if (!isGranted(facts.permissions, 'control.console')) return lacking('control.console');
  return facts.power === 'offline' ? sentence('blocks.is-offline') : null;
}
