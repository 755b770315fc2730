/** Which permission an action needs, and whether a list of grants contains it (PROTOCOL 5). */
import type { Account, Condition, PowerSignal, PowerState, Server } from '../schema/domain.js';
import type { ProblemCode } from '../errors.js';
import { isPelican } from './panel-kind.js';
import { sentence, type Sentence } from '../../messages/messages.js';

/**
 * Whether the grants contain a permission.
 * `*` covers everything but `admin.*` (PROTOCOL 5). Unknown grants (null) count as allowed: the panel decides.
 */
export function isGranted(grants: readonly string[] | null, permission: string): boolean {
  if (grants === null || grants.includes(permission)) return true;
  return !permission.startsWith('admin') && grants.includes('*');
}

/** Permission for a power signal; kill needs the permission of stop (PROTOCOL D22). */
export function powerPermission(signal: PowerSignal): string {
  return signal === 'kill' ? 'control.stop' : `control.${signal}`;
}

function mayPower(grants: readonly string[] | null, signal: PowerSignal): boolean {
  const named = isGranted(grants, powerPermission(signal));
  return named || (signal === 'kill' && isGranted(grants, 'control.kill'));
}

/** The fields of a server that decide about a power signal. Structural, so callers need no whole `Server`. */
export interface PowerFacts {
  readonly power: PowerState | null;
  readonly condition: Condition;
  readonly permissions: readonly string[] | null;
  readonly pending?: Pick<NonNullable<Server['pending']>, 'signal' | 'doubt'> | null;
}

/** Why a condition blocks every action; null if it does not (PROTOCOL 2.0). */
export function conditionBlock(condition: Condition): Sentence | null {
  const isOpen = condition === 'normal' || condition === 'reinstall-failed';
  return isOpen ? null : sentence(`blocks.${condition}`);
}

/** Sentence that names the missing permission. */
export function lacking(permission: string): Sentence {
  return sentence('blocks.permission', { permission });
}

const usefulIn: Record<PowerSignal, readonly PowerState[]> = {
  start: ['offline'],
  stop: ['starting', 'running'],
  restart: ['starting', 'running', 'offline'],
  kill: ['starting', 'running', 'stopping'],
};

/** Why a power signal cannot be sent now; null if it can. */
export function powerBlock(signal: PowerSignal, facts: PowerFacts): Sentence | null {
  const condition = conditionBlock(facts.condition);
  if (condition !== null) return condition;
  if (!mayPower(facts.permissions, signal)) return lacking(powerPermission(signal));
  // A signal with a lost answer may stay pending for long, so it does not block the next signal.
  if (facts.pending && facts.pending.doubt !== 'lost' && signal !== 'kill') return sentence('blocks.pending');
  if (facts.power !== null && !usefulIn[signal].includes(facts.power)) {
    return sentence(`blocks.is-${facts.power}`);
  }
  return null;
}

/** Whether the current power state is unknown or old; bulk actions then read the server before they send a signal. */
export function isUnread({ power, lastSeenAt }: Pick<Server, 'power' | 'lastSeenAt'>): boolean {
  return power === null || (lastSeenAt ?? null) !== null;
}

const awayCodes: ReadonlySet<ProblemCode> = new Set<ProblemCode>([
  'panel-unreachable',
  'panel-error',
  'not-a-panel',
]);

/**
 * Why the panel of this account cannot serve its nodes now, as the sentence shown above its servers; null while the
 * panel answers.
 * A node asks its panel for the server's settings before a start, and a restart stops the server first, so both
 * leave the server down (PROTOCOL 4.11.5).
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

/**
 * Why a start or restart needs confirmation while the panel is down; callers that cannot ask skip the server.
 * Null for other signals.
 */
export function awayBlock(signal: PowerSignal, account: Pick<Account, 'state'> | undefined): Sentence | null {
  const why = panelAway(account);
  return why === null || !needsPanel(signal) ? null : sentence(`blocks.panel-away-${signal}`, { why });
}

/** Question to the user before a start or restart while the panel is down; null if none is needed. */
export function awayQuestion(
  signal: PowerSignal,
  account: Pick<Account, 'state'> | undefined,
): Sentence | null {
  const why = panelAway(account);
  return why === null || !needsPanel(signal) ? null : sentence(`power.panel-away-${signal}`, { why });
}

/**
 * Why a bulk action skips a server that a single signal could act on: a bulk restart does not start offline
 * servers.
 */
export function bulkBlock(signal: PowerSignal, { power }: Pick<PowerFacts, 'power'>): Sentence | null {
  return signal === 'restart' && power === 'offline' ? sentence('blocks.is-offline') : null;
}

/** Why no backup of a server can be made now; null if one can, as far as its listing tells. */
export function backUpBlock({
  condition,
  permissions,
  limits,
}: Pick<Server, 'condition' | 'permissions' | 'limits'>): Sentence | null {
  const closed = conditionBlock(condition);
  if (closed !== null) return closed;
  if (!isGranted(permissions, 'backup.create')) return lacking('backup.create');
  return limits.backups === 0 ? sentence('backups.none-allowed') : null;
}

/** Permissions of a backup of the files, in the order in which they are used. */
export const fileBackupPermissions = ['file.read', 'file.archive', 'file.read-content', 'file.delete'];

/** Why no backup of a server's files can be made on this computer now; null if one can. */
export function fileBackupBlock({
  condition,
  permissions,
}: Pick<Server, 'condition' | 'permissions'>): Sentence | null {
  const missing = fileBackupPermissions.find((permission) => !isGranted(permissions, permission));
  return conditionBlock(condition) ?? (missing === undefined ? null : lacking(missing));
}

/**
 * Permission to write a file. Every panel takes `file.create`, the newest takes `file.update` in its place (PROTOCOL
 * 2.15).
 */
export function textWritePermission(grants: readonly string[] | null): string {
  return isGranted(grants, 'file.create') || !isGranted(grants, 'file.update')
    ? 'file.create'
    : 'file.update';
}

/** Permission to delete a task of a schedule: the two panels differ (PROTOCOL 2.20.12). */
export function taskRemovalPermission(server: Pick<Server, 'naming'>): string {
  return isPelican(server) ? 'schedule.delete' : 'schedule.update';
}

/** Why a warned restart is not possible now; null if it is. */
export function warnBlock(facts: PowerFacts): Sentence | null {
  const block = powerBlock('restart', facts);
  if (block !== null) return block;
  if (!isGranted(facts.permissions, 'control.console')) return lacking('control.console');
  return facts.power === 'offline' ? sentence('blocks.is-offline') : null;
}

/** Why a server cannot get a copy of a schedule now; null if it can. */
export function scheduleBlock({ condition, permissions }: PowerFacts): Sentence | null {
  const closed = conditionBlock(condition);
  if (closed !== null) return closed;
  const needed = ['schedule.create', 'schedule.update', 'schedule.read'];
  const missing = needed.find((permission) => !isGranted(permissions, permission));
  return missing === undefined ? null : lacking(missing);
}

/**
 * Why access to a server can be neither given nor taken now; null if it can. Without `user.read` nobody could tell who
 * has access already.
 */
export function accessBlock(
  action: 'give-access' | 'take-access',
  { condition, permissions }: Pick<PowerFacts, 'condition' | 'permissions'>,
): Sentence | null {
  const closed = conditionBlock(condition);
  if (closed !== null) return closed;
  const needed = ['user.read', action === 'give-access' ? 'user.create' : 'user.delete'];
  const missing = needed.find((permission) => !isGranted(permissions, permission));
  return missing === undefined ? null : lacking(missing);
}

/** Why no message can go to the players of a server now; null if a message can. An unknown state is no reason. */
export function messageBlock({ condition, permissions, power }: PowerFacts): Sentence | null {
  const closed = conditionBlock(condition);
  if (closed !== null) return closed;
  if (!isGranted(permissions, 'control.console')) return lacking('control.console');
  return power === null || power === 'running' ? null : sentence(`blocks.is-${power}`);
}
