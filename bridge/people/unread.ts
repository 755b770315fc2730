/** People whose entry in a panel's list Perch could not read, or only in part. Pure. */
import type { Person } from '../schema/people.js';

/** The id of somebody for whom the panel names none. Other in each list, and part of no address of a panel. */
export function standInId(place: number): string {
  return `?${place}`;
}

/** Whether the panel names an id, without which nobody can be changed or removed. */
export function hasId({ uuid }: Pick<Person, 'uuid'>): boolean {
  return !uuid.startsWith('?');
}

/** True for an entry that says only that a person exists. */
export function isUnread(person: Pick<Person, 'uuid' | 'name' | 'email'>): boolean {
  return !hasId(person) && person.name === '' && person.email === '';
}
