import * as z from 'zod';
import type { PermissionGroup } from '../../../bridge/schema/domain.js';
import type { PanelUser, SocketTicket } from '../entities.js';
import { oneLine } from '../../../bridge/console/plain-line.js';
import { flag, line, text } from './fields.js';

/**
 * Schema of `/account` (PROTOCOL 2.12, 8.2.5). Pelican has no first and last names, and two flags for administrators.
 */
export const accountAnswer = z
  .looseObject({
    attributes: z.looseObject({
      username: z
        .string()
        .min(1)
        .transform((name) => oneLine(name, 300)),
      email: line(300),
      admin: flag,
      root_admin: flag,
    }),
  })
  .transform(({ attributes }): PanelUser => ({
    username: attributes.username,
    email: attributes.email,
    isAdmin: attributes.admin || attributes.root_admin,
  }));

const groups = z.record(
  z.string(),
  z.looseObject({ description: text(2000), keys: z.record(z.string(), text(2000)) }),
);

/** Schema of `/permissions` (PROTOCOL 2.13, 8.1.7). Pelican sends a flat list of ids. */
export const permissionsAnswer = z
  .looseObject({ attributes: z.looseObject({ permissions: z.union([z.array(z.string()), groups]) }) })
  .transform(({ attributes }): PermissionGroup[] =>
    Array.isArray(attributes.permissions)
      ? fromIds([...new Set(attributes.permissions)])
      : Object.entries(attributes.permissions).map(([name, group]) => ({
          name,
          description: group.description,
          permissions: Object.entries(group.keys).map(([key, description]) => ({
            id: `${name}.${key}`,
            description,
          })),
        })),
  );

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
  .transform(({ data }): SocketTicket => ({ token: data.token, url: data.socket }));
