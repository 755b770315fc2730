import * as z from 'zod';
import type { Person } from '../../../bridge/schema/people.js';
import { enveloped, flag, goodOnes, identifier, line, uniqueBy } from './fields.js';

/** A panel knows about 45 permissions; plugins add a few. */
const mostPermissions = 500;
const mostPeople = 1000;

const permission = z.string().regex(/^[\w.*-]{1,100}$/);

/** Schema of one person of a server (PROTOCOL 2.23.1). */
export const personItem = enveloped({
  uuid: identifier,
  username: line(300),
  email: line(300),
  '2fa_enabled': flag,
  permissions: z.array(z.unknown()),
}).transform((attributes): Person => ({
  uuid: attributes.uuid,
  name: attributes.username,
  email: attributes.email,
  hasTwoFactor: attributes['2fa_enabled'],
  permissions: [...new Set(goodOnes(attributes.permissions.slice(0, mostPermissions), permission))],
}));

/** Schema of all people of a server, who come without pages. Items that do not parse are left out. */
export const peopleAnswer = z
  .looseObject({ data: z.array(z.unknown()) })
  .transform(({ data }) => ({
    people: uniqueBy(goodOnes(data.slice(0, mostPeople), personItem), ({ uuid }) => uuid),
    count: data.length,
  }))
  // A list of only invalid items is an error: an empty list would look like nobody.
  .refine(({ people, count }) => people.length > 0 || count === 0)
  .transform(({ people }): Person[] => people);
