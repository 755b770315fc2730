import { newFailure, RemoteError } from '../../bridge/remote/remote-error.js';
import type { Database } from '../../bridge/schema/databases.js';
import { sentence } from '../../messages/messages.js';

const mostCandidates = 10;

/**
 * The database that `word` means: its id, its name, or its name without the panel's prefix. Throws `no-server` for none
 * and for several.
 */
export function databaseNamed(word: string, databases: readonly Database[]): Database {
  const lower = word.toLowerCase();
  const meanings: ((database: Database) => boolean)[] = [
    ({ name }) => name === word,
    // The number of one database may be the name of another.
    ({ id, name }) => id === word || name.replace(/^s\d+_/, '') === word,
    ({ name }) => name.toLowerCase() === lower,
  ];
  for (const fits of meanings) {
    const found = databases.filter(fits);
    const [only] = found;
    if (only !== undefined && found.length === 1) return only;
    if (found.length > 1) throw refusal('remote.ambiguous-database', word, found);
  }
  throw refusal('remote.no-database', word, databases);
}

function refusal(
  id: 'remote.ambiguous-database' | 'remote.no-database',
  name: string,
  databases: readonly Database[],
): RemoteError {
  const failure = newFailure('no-server', sentence(id, { name }), sentence('remote.no-database-next'));
  const candidates = databases.slice(0, mostCandidates).map((each) => `${each.name} (${each.id})`);
  return new RemoteError({ ...failure, candidates });
}
