/** Users of the recorded panels, with their accounts and keys (the READMEs of the recordings). */
import type { ApiKey, User } from '../../sandbox/data/world.js';
import type { Recording } from './panel-recordings.js';
import { account } from './recorded-schemas.js';

export const people = {
  admin: 1,
  owner: 2,
  subuser: 3,
  other: 4,
  empty: 5,
  viewer: 6,
  editor: 7,
  guest: 8,
} as const;

const roles: Readonly<Record<string, User['role']>> = { viewer: 'viewer', editor: 'editor' };

export const fixedTime = '2026-01-01T00:00:00+00:00';

/** All users, with the account details of their own answers. */
export function usersFrom(recordings: readonly Recording[]): User[] {
  const seen = new Map(
    recordings.flatMap(({ actor, response }) => {
      const parsed = account.safeParse(response.body);
      return parsed.success ? [[actor, parsed.data.attributes] as const] : [];
    }),
  );
  return Object.entries(people).map(([word, id]) => {
    const own = seen.get(word);
    return {
      id,
      uuid: `00000000-0000-4000-9000-00000000000${id}`,
      username: own?.username ?? word,
      email: own?.email ?? `${word}@example.com`,
      firstName: own?.first_name ?? word,
      lastName: own?.last_name ?? word,
      language: 'en',
      rootAdmin: id === people.admin,
      role: roles[word] ?? null,
      createdAt: fixedTime,
    };
  });
}

export function keysOfPeople(
  prefixes: Readonly<Record<ApiKey['kind'], string>>,
): ReadonlyMap<string, ApiKey> {
  const key = (word: string, userId: number, fields: Partial<ApiKey> = {}): [string, ApiKey] => [
    word,
    {
      token: `${prefixes.client}${word.padEnd(43, '0')}`,
      userId,
      kind: 'client',
      description: word,
      allowedIps: null,
      expiresAt: null,
      lastUsedAt: null,
      createdAt: fixedTime,
      ...fields,
    },
  ];
  return new Map([
    key('owner', people.owner),
    key('ownerIpRestricted', people.owner, { allowedIps: ['192.0.2.0/24'] }),
    key('ownerExpired', people.owner, { expiresAt: fixedTime }),
    key('admin', people.admin),
    key('subuser', people.subuser),
    key('empty', people.empty),
    key('viewer', people.viewer),
    key('editor', people.editor),
    key('guest', people.guest),
    key('ownerIpAllowed', people.owner, { allowedIps: ['127.0.0.0/8'] }),
    key('application', people.admin, {
      kind: 'application',
      token: `${prefixes.application}${'application'.padEnd(43, '0')}`,
    }),
  ]);
}
