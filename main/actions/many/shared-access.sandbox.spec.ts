/**
 * One person on thirty servers, on every panel that the sandbox plays, under its throttles and with lost answers: all
 * servers end as wanted, and nothing else is overwritten.
 */
import { afterEach, describe, expect, it } from 'vitest';
import { PerchError } from '../../../bridge/errors.js';
import { areSameRights } from '../../../bridge/people/rights.js';
import type { SharedAccess } from '../../../bridge/schema/people.js';
import { dialects } from '../../../sandbox/panel/dialects.js';
import { aProblem } from '../../../tests/support/a-problem.js';
import { ThirtyServers, thirtyIds } from '../../../tests/support/thirty-servers.js';
import { setAccess } from '../servers/shared-access.js';

const lost = new PerchError(aProblem('timeout', { maybeDone: true }));
const access: SharedAccess = {
  email: 'guest@example.com',
  permissions: ['backup.read', 'control.start'],
  replaces: false,
};
const done = thirtyIds.map(() => 'done');

let thirty: ThirtyServers;

afterEach(() => thirty.end());

async function begin(dialect: string, clientLimit: number) {
  /** Identifiers of the servers whose next answer gets lost after the panel has done it. */
  const losing = new Set<string>();
  thirty = await ThirtyServers.start({
    dialect,
    clientLimit,
    spoil: (client) => ({
      addPerson: async (identifier, fields) => {
        const made = await client.addPerson(identifier, fields);
        if (losing.delete(identifier)) throw lost;
        return made;
      },
      removePerson: async (identifier, person) => {
        await client.removePerson(identifier, person);
        if (losing.delete(identifier)) throw lost;
      },
    }),
    work: (deps) => ({ setAccess: (serverId, wanted) => setAccess(deps, serverId, wanted) }),
  });
  const people = () => thirty.each((identifier) => thirty.client.people(identifier));
  return { losing, people };
}

describe.each(Object.keys(dialects))('access to thirty servers of %s', (dialect) => {
  it('is given once and taken once, after throttles and lost answers', async () => {
    const { losing, people } = await begin(dialect, 100);
    const { client, identifiers } = thirty;
    // Another user has just used up the requests to add people that the panel allows in a quarter of an hour for these
    // servers.
    for (const identifier of identifiers.slice(0, 2)) {
      for (let at = 0; at < 10; at += 1) {
        await client.addPerson(identifier, { email: `p${at}@example.com`, permissions: ['control.start'] });
      }
    }
    for (const identifier of identifiers.slice(4, 12)) losing.add(identifier);
    expect(await thirty.run('give-access', { access })).toEqual(done);
    for (const all of await people()) {
      const guests = all.filter(({ email }) => email === access.email);
      expect(guests).toHaveLength(1);
      expect(areSameRights(guests[0]?.permissions ?? [], access.permissions ?? [])).toBe(true);
    }
    // A second time nobody is left to add.
    expect(await thirty.run('give-access', { access })).toEqual(done);

    for (const identifier of identifiers.slice(4, 12)) losing.add(identifier);
    const taken = { ...access, permissions: null };
    expect(await thirty.run('take-access', { access: taken })).toEqual(done);
    expect((await people()).map((all) => all.length)).toEqual(thirtyIds.map((_, at) => (at < 2 ? 10 : 0)));
  });

  it('keeps other permissions, unless the user wants to replace them', async () => {
    const { people } = await begin(dialect, 10_000);
    const [first = ''] = thirty.identifiers;
    await thirty.client.addPerson(first, { email: 'GUEST@example.com', permissions: ['file.read'] });
    expect(await thirty.run('give-access', { access })).toEqual(['failed', ...done.slice(1)]);
    expect(thirty.bulk.current?.items[0]?.problem?.message.id).toBe('actions.person-other');
    expect((await people())[0]).toMatchObject([
      { permissions: expect.arrayContaining(['file.read']) as unknown },
    ]);
    expect(await thirty.run('give-access', { access: { ...access, replaces: true } })).toEqual(done);
    const [changed] = (await people())[0] ?? [];
    expect(areSameRights(changed?.permissions ?? [], access.permissions ?? [])).toBe(true);
  });
});
