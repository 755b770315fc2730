import * as z from 'zod';
import { permissionIdSchema } from '../../../bridge/schema/people.js';
import type { PermissionGroup } from '../../../bridge/schema/permission-groups.js';
import { oneLine } from '../../../bridge/console/plain-line.js';
import { enveloped, flag, validItems, line, listed, optionalFlag, text } from './fields.js';

/**
 * Schema of `/account` (PROTOCOL 2.12, 8.2.5). Pelican has no first and last names, and two flags for administrators.
 */
export const accountAnswer = enveloped({
  username: z
    .string()
    .min(1)
    .transform((name) => oneLine(name, 300)),
  email: line(300),
  admin: flag,
  root_admin: flag,
  '2fa_enabled': optionalFlag,
}).transform(({ username, email, admin, root_admin, '2fa_enabled': hasTwoFactor }) => ({
  username,
  email,
  isAdmin: admin || root_admin,
  // Pterodactyl does not send this field.
  ...(hasTwoFactor === null ? {} : { hasTwoFactor }),
}));
export type PanelUser = z.output<typeof accountAnswer>;

const group = z.looseObject({ description: text(2000).catch(''), keys: z.record(z.string(), z.unknown()) });

/** Most permissions of a panel; the rest is left out. */
const mostKnown = 1000;

/**
 * Schema of `/permissions` (PROTOCOL 2.13, 8.1.7). Pelican sends a flat list of ids. Groups and ids of another form are
 * left out.
 */
export const permissionsAnswer = enveloped({
  permissions: z.union([listed, z.record(z.string(), z.unknown())]),
}).transform(({ permissions }): PermissionGroup[] =>
  Array.isArray(permissions)
    ? fromIds([...new Set(validItems(permissions, permissionIdSchema))].slice(0, mostKnown))
    : Object.entries(permissions)
        .slice(0, mostKnown)
        .map(([name, sent]) => fromGroup(name, group.safeParse(sent).data))
        .filter(({ permissions: known }) => known.length > 0),
);

function fromGroup(name: string, sent: z.output<typeof group> | undefined): PermissionGroup {
  const permissions = Object.entries(sent?.keys ?? {})
    .slice(0, mostKnown)
    .map(([key, said]) => ({ id: `${name}.${key}`, description: text(2000).safeParse(said).data ?? '' }))
    .filter(({ id }) => permissionIdSchema.safeParse(id).success);
  return { name, description: sent?.description ?? '', permissions };
}

function fromIds(ids: string[]): PermissionGroup[] {
  const found = new Map<string, PermissionGroup>();
  for (const id of ids) {
    const name = id.split('.')[0] ?? id;
    const group = found.get(name) ?? { name, description: '', permissions: [] };
    group.permissions.push({ id, description: '' });
    found.set(name, group);
  }
  return [...found.values()];
}

/** Schema of `/websocket`, which has no envelope (PROTOCOL 2.4). */
export const ticketAnswer = z
  .looseObject({
    data: z.looseObject({
      token: z
        .string()
        .min(1)
        .max(20_000)
        .regex(/^[\x21-\x7e]+$/),
      socket: z.url({ protocol: /^wss?$/ }).max(2000),
    }),
  })
  .transform(({ data }) => ({ token: data.token, url: data.socket }));
export type SocketTicket = z.output<typeof ticketAnswer>;
