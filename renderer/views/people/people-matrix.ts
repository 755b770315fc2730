/** Who may do what on which server: the columns, rows and cells of the view "People". Pure. */
import { serverKeys } from '../../../bridge/fleet/one-per-server.js';
import { knownPeople, peopleRank, type KnownPeople } from '../../../bridge/people/known-people.js';
import { isOwnEntry } from '../../../bridge/people/rights.js';
import { hasId } from '../../../bridge/people/unread.js';
import type { Account, Server } from '../../../bridge/schema/domain.js';
import type { FleetPerson, ServerPeople } from '../../../bridge/schema/fleet-people.js';
import { say } from '../../../messages/messages.js';
import type { PeopleByServer } from '../../state/people/people-by-server.js';
import { inTextOrder } from '../../ui/text/in-text-order.js';

/** A server. Several accounts may see it; the column is of one that knows its people. */
export interface MatrixColumn extends KnownPeople {
  readonly server: Server;
  readonly account: Account | undefined;
}

/** Somebody with access to at least one server. Panels share people by their address. */
export interface MatrixPerson {
  readonly key: string;
  readonly name: string;
  readonly email: string;
  /** True if the person signs in to each of the panels with two factors. */
  readonly hasTwoFactor: boolean;
  /** True for the user of a key. */
  readonly isOwn: boolean;
  /** Number of servers. */
  readonly servers: number;
}

export type MatrixCell =
  | { readonly kind: 'access'; readonly rights: readonly string[] }
  | { readonly kind: 'none' }
  | { readonly kind: 'unknown'; readonly why: string };

/** Each server once, in their order; those whose list is missing for good come last. */
export function columnsOf(
  servers: readonly Server[],
  accounts: readonly Account[],
  known: PeopleByServer,
): MatrixColumn[] {
  const serverKeyOf = serverKeys(accounts);
  const byId = new Map(accounts.map((account) => [account.id, account]));
  const twins = new Map<string, MatrixColumn>();
  for (const server of servers) {
    const account = byId.get(server.accountId);
    const column = { server, account, ...knownPeople(server, account, known.get(server.id) ?? null) };
    const key = serverKeyOf(server);
    const before = twins.get(key);
    if (before === undefined || peopleRank(column) > peopleRank(before)) twins.set(key, column);
  }
  const columns = [...twins.values()];
  return [...columns.filter((one) => !isMissing(one)), ...columns.filter(isMissing)];
}

/** Whether nobody knows who shares the server, and Perch does not expect to learn it soon. */
function isMissing({ list, isWaiting }: MatrixColumn): boolean {
  return list === null && !isWaiting;
}

const cells = new WeakMap<ServerPeople, ReadonlyMap<string, FleetPerson>>();

/** People of one list by their keys. */
function peopleIn(list: ServerPeople, accountId: string): ReadonlyMap<string, FleetPerson> {
  const before = cells.get(list);
  if (before !== undefined) return before;
  const made = new Map((list.people ?? []).map((person) => [keyOf(accountId, person), person]));
  cells.set(list, made);
  return made;
}

function keyOf(accountId: string, { email, ...person }: FleetPerson): string {
  const address = email.trim().toLowerCase();
  if (address !== '') return address;
  return `${accountId} ${hasId(person) ? person.uuid : person.name}`;
}

/** Everybody whom the list of a server names, by key, with their permissions. */
export function accessIn({
  server,
  list,
}: MatrixColumn): (readonly [key: string, rights: readonly string[]])[] {
  if (list === null) return [];
  return [...peopleIn(list, server.accountId)].flatMap(([key, person]) => {
    const rights = list.rights[person.rights];
    return rights === undefined ? [] : [[key, rights] as const];
  });
}

export function cellOf({ server, list, why }: MatrixColumn, key: string): MatrixCell {
  if (list === null) return { kind: 'unknown', why: why ?? say('people.matrix-not-read') };
  const person = peopleIn(list, server.accountId).get(key);
  const rights = person === undefined ? undefined : list.rights[person.rights];
  if (rights !== undefined) return { kind: 'access', rights };
  if (list.leftOut === 0) return { kind: 'none' };
  return { kind: 'unknown', why: say('people.matrix-left-out', { count: list.leftOut }) };
}

interface PeopleFilter {
  /** Part of a name or an address, in any case; empty = everybody. */
  readonly text: string;
  /** Id of a permission that the person has on one of the servers at least; empty = any. */
  readonly right: string;
}

/** Everybody with access to one of the columns, by name. Apart from the filter, because 50,000 people take a while. */
export function everybodyOf(columns: readonly MatrixColumn[]): MatrixPerson[] {
  const found = new Map<string, { -readonly [Field in keyof MatrixPerson]: MatrixPerson[Field] }>();
  for (const { server, account, list } of columns) {
    if (list === null) continue;
    for (const [key, person] of peopleIn(list, server.accountId)) {
      const { name, email, hasTwoFactor } = person;
      const isOwn = isOwnEntry(person, account?.user);
      const known = found.get(key);
      if (known === undefined) {
        found.set(key, { key, name: name || email, email, hasTwoFactor, isOwn, servers: 1 });
      } else {
        known.hasTwoFactor &&= hasTwoFactor;
        known.isOwn ||= isOwn;
        known.servers += 1;
      }
    }
  }
  return inTextOrder([...found.values()], ({ name, email }) => `${name} ${email}`);
}

/** Those of everybody in the columns whom the filter wants. */
export function peopleOf(
  everybody: readonly MatrixPerson[],
  columns: readonly MatrixColumn[],
  { text, right }: PeopleFilter,
): readonly MatrixPerson[] {
  const having = right === '' ? null : holdersOf(columns, right);
  const wanted = text.trim().toLowerCase();
  if (having === null && wanted === '') return everybody;
  return everybody.filter(
    ({ key, name, email }) =>
      having?.has(key) !== false && (wanted === '' || `${name} ${email}`.toLowerCase().includes(wanted)),
  );
}

/** Keys of the people who have the permission on one of the servers at least. */
function holdersOf(columns: readonly MatrixColumn[], right: string): ReadonlySet<string> {
  const having = new Set<string>();
  for (const { server, list } of columns) {
    if (list === null) continue;
    const isMatch = list.rights.map((rights) => rights.includes(right));
    for (const [key, person] of peopleIn(list, server.accountId))
      if (isMatch[person.rights] === true) having.add(key);
  }
  return having;
}

/** The oldest list's time (monotonic); null without any. */
export function oldestOf(columns: readonly MatrixColumn[]): number | null {
  const times = columns.flatMap(({ list }) => list?.readAt ?? []);
  return times.length === 0 ? null : times.reduce((one, other) => Math.min(one, other));
}
