import * as z from 'zod';
import { mostPermissions, permissionIdSchema, type Person } from '../../../bridge/schema/people.js';
import { enveloped, flag, goodOnes, identifier, line, listed } from './fields.js';
import { uncut, wholeList } from './whole-list.js';

const permission = z.union([permissionIdSchema, z.literal('*')]);

/** Schema of one person of a server (PROTOCOL 2.23.1). */
export const personItem = enveloped({
  uuid: identifier,
  username: line(300),
  email: line(300),
  '2fa_enabled': flag,
  // May be null (PROTOCOL 2.23.13).
  permissions: listed.nullish(),
}).transform((attributes): Person => ({
  uuid: attributes.uuid,
  name: attributes.username,
  email: attributes.email,
  hasTwoFactor: attributes['2fa_enabled'],
  permissions: [...new Set(goodOnes((attributes.permissions ?? []).slice(0, mostPermissions), permission))],
}));

/** Schema of all people of a server. */
export const peopleAnswer = wholeList(personItem, uncut, ({ uuid }) => uuid);
