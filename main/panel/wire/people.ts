import * as z from 'zod';
import { isUnread, standInId } from '../../../bridge/people/unread.js';
import { mostPermissions, permissionIdSchema, type Person } from '../../../bridge/schema/people.js';
import { answered, enveloped, flag, validItems, identifier, line, listed, uniqueBy } from './fields.js';
import { uncut } from './whole-list.js';

const permission = z.union([permissionIdSchema, z.literal('*')]);

const permissions = listed
  .nullish()
  .transform((ids) => [...new Set(validItems((ids ?? []).slice(0, mostPermissions), permission))]);

/** Schema of one person of a server (PROTOCOL 2.23.1). */
export const personItem = enveloped({
  uuid: identifier,
  username: line(300),
  email: line(300),
  '2fa_enabled': flag,
  // May be null (PROTOCOL 2.23.13).
  permissions,
}).transform((attributes): Person => ({
  uuid: attributes.uuid,
  name: attributes.username,
  email: attributes.email,
  hasTwoFactor: attributes['2fa_enabled'],
  permissions: attributes.permissions,
}));

/** The readable part of an incomplete entry. Without permissions, the part would say that somebody may do nothing. */
const personPart = enveloped({
  username: line(300).catch(''),
  email: line(300).catch(''),
  '2fa_enabled': flag.catch(false),
  permissions,
});

/** The person of an entry, as far as it can be read. */
function personAt(item: unknown, place: number): Person {
  const whole = personItem.safeParse(item);
  if (whole.success) return whole.data;
  const part = personPart.safeParse(item).data;
  return {
    uuid: standInId(place),
    name: part?.username ?? '',
    email: part?.email ?? '',
    hasTwoFactor: part?.['2fa_enabled'] ?? false,
    permissions: part?.permissions ?? [],
  };
}

/** Schema of all people of a server. Nobody is left out, because who is not in the list counts as gone. */
export const peopleAnswer = z
  .looseObject({ data: answered })
  .transform(({ data }) => uniqueBy(data.slice(0, uncut).map(personAt), ({ uuid }) => uuid))
  // A list without a readable entry is no list of people.
  .refine((people) => people.length === 0 || !people.every(isUnread));
