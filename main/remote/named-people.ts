import { newFailure, RemoteError } from '../../bridge/remote/remote-error.js';
import { oneLine } from '../../bridge/console/plain-line.js';
import { sameEmail } from '../../bridge/people/rights.js';
import type { Person } from '../../bridge/schema/people.js';
import { sentence } from '../../messages/messages.js';
import { userForPrograms } from './for-programs.js';

const mostCandidates = 10;

/**
 * The person that `word` means: the user name or the e-mail address. Throws `no-server` for none and for several. A
 * program does not know the addresses, so the candidates have none.
 *
 * People choose their user names, so nobody can take the place of another one by a name that is the other's address.
 */
export function personNamed(word: string, people: readonly Person[], isProgram: boolean): Person {
  const lower = word.trim().toLowerCase();
  const nameOf = ({ name }: Person): string => (isProgram ? userForPrograms(name) : name);
  const meanings: ((person: Person) => boolean)[] = [
    (person) => person.name === word || nameOf(person) === word || sameEmail(person.email, word),
    (person) => nameOf(person).toLowerCase() === lower,
  ];
  for (const fits of meanings) {
    const found = people.filter(fits);
    const [only] = found;
    if (only !== undefined && found.length === 1) return only;
    if (found.length > 1) throw refusal('remote.ambiguous-person', word, found.map(nameOf));
  }
  throw refusal('remote.no-person', word, people.map(nameOf));
}

function refusal(
  id: 'remote.ambiguous-person' | 'remote.no-person',
  name: string,
  names: readonly string[],
): RemoteError {
  const failure = newFailure('no-server', sentence(id, { name }), sentence('remote.no-person-next'));
  const candidates = names.slice(0, mostCandidates).map((one) => oneLine(one, 200));
  return new RemoteError({ ...failure, candidates });
}
