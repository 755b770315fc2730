/** People of a server as they are kept for all servers of the fleet: bounded, and each set of permissions once. Pure. */
import type { FleetPerson, ServerPeople } from '../schema/fleet-people.js';
import type { Person } from '../schema/people.js';
import { keptPeople } from './fleet-limits.js';
import { chosenRights } from './rights.js';
import { isUnread } from './unread.js';

export function keptPeopleOf(people: readonly Person[]): Pick<ServerPeople, 'people' | 'rights' | 'leftOut'> {
  const kept: FleetPerson[] = [];
  const rights: string[][] = [];
  const places = new Map<string, number>();
  let characters = 0;
  const read = people.filter((person) => !isUnread(person));
  for (const { uuid, name, email, hasTwoFactor, permissions } of read.slice(0, keptPeople.ofServer)) {
    const chosen = chosenRights(permissions);
    const key = chosen.join(' ');
    let place = places.get(key);
    if (place === undefined) {
      // Somebody with half of their permissions would be shown wrong, so such people are left out completely.
      if (characters + key.length > keptPeople.rights) continue;
      characters += key.length;
      place = rights.push(chosen) - 1;
      places.set(key, place);
    }
    // Access is taken by the address, and half of an address would find nobody: no address is better.
    const address = email.length > keptPeople.email ? '' : email;
    kept.push({ uuid, name: name.slice(0, keptPeople.name), email: address, hasTwoFactor, rights: place });
  }
  return { people: kept, rights, leftOut: people.length - kept.length };
}
