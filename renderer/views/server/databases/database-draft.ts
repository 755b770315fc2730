/** Mistakes in the fields of a new database; null = none. The panel judges the same (PROTOCOL 2.22.4). */
import {
  connectionsFromForm,
  databaseNameForm,
  longestConnectionsFrom,
  longestDatabaseName,
  shortestDatabaseName,
} from '../../../../bridge/databases/limits.js';
import type { Server } from '../../../../bridge/schema/domain.js';
import { say } from '../../../../messages/messages.js';

export function nameProblem(typed: string): string | null {
  const name = typed.trim();
  const { length } = [...name];
  if (length === 0) return say('databases.name-missing');
  if (!databaseNameForm.test(name)) return say('databases.name-wrong');
  if (length < shortestDatabaseName) return say('databases.name-short', { least: shortestDatabaseName });
  return length > longestDatabaseName
    ? say('databases.name-long', { count: length - longestDatabaseName })
    : null;
}

export function fromProblem(typed: string): string | null {
  const from = typed.trim();
  return connectionsFromForm.test(from) && from.length <= longestConnectionsFrom
    ? null
    : say('databases.from-wrong');
}

/** Why the server's limit allows no further database; null if it does, or is not known. */
export function limitBlock({ limits }: Pick<Server, 'limits'>, count: number): string | null {
  const limit = limits.databases ?? null;
  if (limit === null || count < limit) return null;
  return limit === 0 ? say('databases.limit-none') : say('databases.limit-reached', { limit });
}

/** "2 of 5 databases", or "2 databases" where there is no limit, or none that the panel shows. */
export function countWords({ limits }: Pick<Server, 'limits'>, count: number): string {
  const limit = limits.databases ?? null;
  return limit === null ? say('databases.count', { count }) : say('databases.count-of', { count, limit });
}
