/** Subusers in the format of the API (PROTOCOL 2.23.1). */
import { createHash } from 'node:crypto';
import type { Subuser, User } from '../../data/world.js';
import type { World } from '../../records.js';
import type { PanelDialect } from '../dialect.js';

/** Both times of an item are those of the account: no panel tells when somebody was added. */
export function subuserItem(
  { userId, permissions }: Subuser,
  world: World,
  dialect: PanelDialect,
): { object: string; attributes: Record<string, unknown> } {
  const user = world.user(userId);
  return {
    object: 'server_subuser',
    attributes: {
      uuid: user.uuid,
      username: user.username,
      email: user.email,
      image: portraitOf(user),
      '2fa_enabled': user.hasTwoFactor === true,
      created_at: user.createdAt.replace(/\.\d+Z$/, '+00:00'),
      ...(dialect.showsWholeSubusers ? dialect.account(user) : {}),
      permissions: dialect.permissions.shown(permissions),
    },
  };
}

export function portraitOf(user: User): string {
  return `https://gravatar.com/avatar/${createHash('md5').update(user.email.toLowerCase()).digest('hex')}`;
}
