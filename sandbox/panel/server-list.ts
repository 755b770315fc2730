/** Filters and paging of the server list (PROTOCOL 2.1). */
import { shortId, type Server, type User } from '../data/world.js';
import type { World } from '../records.js';
import { panelError, unexpected } from './errors.js';
import { buildQuery, isRecord, phpInt, type Input } from './input.js';

const allowedFilters = ['uuid', 'name', 'description', 'external_id', '*'];
const address = /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?!$|:)|(?=$|:))){4}(?::\d{1,5})?$/;

/** Servers of `type` that pass every filter, by id. */
export function selectServers(world: World, user: User, query: Input): Server[] {
  const filters = filtersOf(query);
  return [...world.servers.values()].filter(
    (server) =>
      isOfType(server, user, query['type']) &&
      filters.every(([name, values]) => passes(server, name, values)),
  );
}

function isOfType(server: Server, user: User, type: unknown): boolean {
  const own = server.ownerId === user.id;
  const shared = server.subusers.some((subuser) => subuser.userId === user.id);
  if (type === 'owner') return own;
  if (type === 'admin') return user.rootAdmin && !own && !shared;
  if (type === 'admin-all') return user.rootAdmin;
  return own || shared;
}

function filtersOf(query: Input): [name: string, values: string[]][] {
  const asked = query['filter'];
  if (!isRecord(asked)) return [];
  const unknown = Object.keys(asked).filter((name) => !allowedFilters.includes(name));
  if (unknown.length > 0) {
    throw panelError(
      400,
      'InvalidFilterQuery',
      `Requested filter(s) \`${unknown.join(', ')}\` are not allowed. Allowed filter(s) are \`${allowedFilters.join(', ')}\`.`,
    );
  }
  return Object.entries(asked).flatMap(([name, value]): [string, string[]][] => {
    if (typeof value !== 'string') return [];
    // The panel's query library turns a comma into a list, which the free search can't handle.
    const values = value.split(',');
    if (name === '*' && values.length > 1) throw unexpected('TypeError');
    return [[name, values]];
  });
}

function passes(server: Server, name: string, values: readonly string[]): boolean {
  if (name === '*') return values.every((value) => isFound(server, value.toLowerCase()));
  const text = {
    uuid: server.uuid,
    name: server.name,
    description: server.description,
    external_id: server.externalId ?? '',
  }[name];
  return values.some((value) => text?.toLowerCase().includes(value.toLowerCase()));
}

/** Free search: address, start of a port, id or name. */
function isFound(server: Server, value: string): boolean {
  if (address.test(value) || /^:\d{1,5}$/.test(value)) {
    const [ip = '', port = ''] = value.split(':');
    return server.allocations.some(
      (each) => (ip === '' || each.ip === ip) && String(each.port).startsWith(port),
    );
  }
  return (
    server.uuid.startsWith(value) ||
    shortId(server) === value ||
    server.externalId?.toLowerCase() === value ||
    server.name.toLowerCase().includes(value)
  );
}

export interface Page<T> {
  items: T[];
  pagination: Record<string, unknown>;
}

/** The requested page; `url` is the address for its links, which repeat the query unless they are `bare`. */
export function paginate<T>(
  all: readonly T[],
  query: Input,
  perPage: { default: number; max: number; bare?: boolean },
  url: string,
): Page<T> {
  const size = sizeOfPage(query, perPage);
  const asked =
    typeof query['page'] === 'string' && /^\+?\d+$/.test(query['page']) ? phpInt(query['page']) : 1;
  const page = Math.max(1, asked);
  const last = Math.max(1, Math.ceil(all.length / size));
  const items = all.slice((page - 1) * size, page * size);
  const others = Object.fromEntries(
    Object.entries(query).filter(([name]) => name !== 'page' && perPage.bare !== true),
  );
  const link = (to: number): string => `${url}?${buildQuery({ ...others, page: String(to) })}`;
  return {
    items,
    pagination: {
      total: all.length,
      count: items.length,
      per_page: size,
      current_page: page,
      total_pages: last,
      links: {
        ...(page > 1 ? { previous: link(page - 1) } : {}),
        ...(page < last ? { next: link(page + 1) } : {}),
      },
    },
  };
}

/** Text counts as the maximum, 0 and an empty value as the framework's 15. A negative number breaks the query. */
function sizeOfPage(query: Input, perPage: { default: number; max: number }): number {
  if (!('per_page' in query)) return perPage.default;
  const asked = query['per_page'];
  if (typeof asked !== 'string') return 15;
  if (!/^[+-]?\d/.test(asked)) return perPage.max;
  const number = phpInt(asked);
  if (number < 0) throw unexpected('QueryException');
  return number === 0 ? 15 : Math.min(number, perPage.max);
}

/** `include=egg,subusers`, or a list. */
export function includesOf(query: Input): ReadonlySet<string> {
  const asked = query['include'];
  const words = isRecord(asked) ? Object.values(asked) : [asked];
  return new Set(words.flatMap((word) => (typeof word === 'string' ? word.split(',') : [])));
}
