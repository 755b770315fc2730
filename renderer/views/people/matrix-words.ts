import { permissionWords } from '../../../bridge/panel/permission-words.js';
import { oneLine } from '../../../bridge/console/plain-line.js';
import { closestRole, type OwnRole } from '../../../bridge/people/roles.js';
import { say } from '../../../messages/messages.js';
import { ago, formatList } from '../../ui/text/format.js';
import type { MatrixColumn } from './people-matrix.js';

/** Content of a cell about somebody's permissions. */
export interface RightsShown {
  /** The role, or the number of permissions without a close one. */
  readonly words: string;
  /** Ids of permissions that the role lacks. */
  readonly more: readonly string[];
  /** Ids of permissions of the role that the person lacks. */
  readonly less: readonly string[];
  /** "More: …" and "Less: …"; empty without a difference from the role. */
  readonly differences: readonly string[];
}

/** Most permissions that a list names. */
const mostNamed = 8;

/** `known` = ids of the permissions that the panel knows. */
function rightsShown(
  rights: readonly string[],
  known: readonly string[],
  own: readonly OwnRole[],
): RightsShown {
  const closest = closestRole(rights, known, own);
  if (closest === null)
    return {
      words: say('people.permissions', { count: rights.length }),
      more: [],
      less: [],
      differences: [],
    };
  const { role, more, less } = closest;
  const words = role.kind === 'usual' ? say(`people.role-${role.role}`) : oneLine(role.role.name, 60);
  return { words, more, less, differences: differenceLines(more, less) };
}

/**
 * Words of the permissions of a cell. `known` = ids of the permissions that each panel knows, by account. A set is
 * compared with each role, so a set that many people and servers have is compared once.
 */
export function wordsOfRights(
  known: ReadonlyMap<string, readonly string[]>,
  own: readonly OwnRole[],
): (column: MatrixColumn, rights: readonly string[]) => RightsShown {
  const seen = new WeakMap<readonly string[], RightsShown>();
  const alike = new Map<string, RightsShown>();
  return ({ server: { accountId } }, rights) => {
    const before = seen.get(rights);
    if (before !== undefined) return before;
    const key = `${accountId} ${rights.join(' ')}`;
    const shown = alike.get(key) ?? rightsShown(rights, known.get(accountId) ?? [], own);
    alike.set(key, shown);
    seen.set(rights, shown);
    return shown;
  };
}

function differenceLines(more: readonly string[], less: readonly string[]): string[] {
  return [
    ...(more.length === 0 ? [] : [say('people.matrix-more-list', { permissions: namedRights(more) })]),
    ...(less.length === 0 ? [] : [say('people.matrix-less-list', { permissions: namedRights(less) })]),
  ];
}

function namedRights(ids: readonly string[]): string {
  const named = ids.slice(0, mostNamed).map((id) => permissionWords(id));
  const others = ids.length - named.length;
  return formatList(others === 0 ? named : [...named, say('people.matrix-others', { count: others })]);
}

/** Name and panel of a server, and how old its list is. `beside` = text that tells it from others of its name. */
export function headTip({ server, account, list, why }: MatrixColumn, beside: string, now: number): string {
  const readAt = list?.readAt ?? null;
  return [
    oneLine(server.name, 200),
    beside || oneLine(account?.label ?? '', 100),
    ...(readAt === null ? [] : [say('people.matrix-from', { age: ago(readAt, now) })]),
    ...(why === null ? [] : [why]),
  ].join('\n');
}
