import { createHash } from 'node:crypto';
import { shortId, type Server, type User } from '../data/world.js';
import type { Activity } from './activity-log.js';
import type { PanelDialect } from './dialect.js';
import { panelError } from './errors.js';
import { isRecord, type Input } from './input.js';
import { list, nullResource } from './items.js';
import { ok, type Call, type Reply, type RouteContext } from './route.js';
import { includesOf, paginate } from './server-list.js';
import { portraitOf } from './subusers/items.js';

/** Activity of a server (PROTOCOL 2.14). */
export function listActivity(context: RouteContext, call: Call<Server>): Reply {
  const { server } = call;
  return listOf(context, call, server.uuid, `servers/${shortId(server)}/activity`);
}

/** Activity of the account itself, such as its keys and its failed logins (PROTOCOL 2.24). */
export function listAccountActivity(context: RouteContext, call: Call<null>): Reply {
  return listOf(context, call, call.user.uuid, 'account/activity');
}

function listOf(
  { world, dialect, activity, url }: RouteContext,
  { query, user }: Call,
  subject: string,
  path: string,
): Reply {
  checkFilters(query);
  const found = sorted(
    activity.listed(subject).filter(({ event }) => passes(event, query)),
    query['sort'],
  );
  const page = paginate(found, query, { default: 25, max: 100 }, `${url()}/api/client/${path}`);
  const users = new Map([...world.users.values()].map((each) => [each.uuid, each]));
  const withActor = includesOf(query).has('actor');
  const items = page.items.map((entry) => {
    const actor = users.get(entry.userUuid ?? '') ?? null;
    const isShown = actor !== null && (user.rootAdmin || actor.id === user.id);
    const relationships = withActor ? { relationships: { actor: actorItem(actor, dialect) } } : {};
    return {
      object: 'activity_log',
      attributes: { ...attributesOf(entry, isShown, dialect), ...relationships },
    };
  });
  return ok({ ...list(items), meta: { pagination: page.pagination } });
}

/** The IP address is shown to its owner and to administrators. */
function attributesOf(
  activity: Activity,
  isAddressShown: boolean,
  { pelicanAttributes }: PanelDialect,
): Record<string, unknown> {
  const isBare = Object.keys(activity.properties).length === 0;
  return {
    id: createHash('sha1').update(String(activity.number)).digest('hex'),
    ...(pelicanAttributes ? {} : { batch: null }),
    event: activity.event,
    is_api: activity.isApi,
    ip: isAddressShown ? '127.0.0.1' : null,
    description: null,
    // PHP writes an empty array as a list; only Pterodactyl makes an object of it.
    properties: pelicanAttributes && isBare ? [] : activity.properties,
    has_additional_metadata: activity.hasMore,
    timestamp: new Date(activity.at).toISOString().replace(/\.\d+Z$/, '+00:00'),
  };
}

function actorItem(user: User | null, dialect: PanelDialect): unknown {
  if (user === null) return nullResource;
  if (dialect.showsWholeSubusers) return { object: 'user', attributes: dialect.account(user) };
  const { uuid, username, email, createdAt } = user;
  return {
    object: 'user',
    attributes: {
      uuid,
      username,
      email,
      image: portraitOf(user),
      '2fa_enabled': user.hasTwoFactor === true,
      created_at: createdAt,
    },
  };
}

function checkFilters({ filter }: Input): void {
  const unknown = isRecord(filter) ? Object.keys(filter).filter((name) => name !== 'event') : [];
  if (unknown.length === 0) return;
  throw panelError(
    400,
    'InvalidFilterQuery',
    `Requested filter(s) \`${unknown.join(', ')}\` are not allowed. Allowed filter(s) are \`event\`.`,
  );
}

/** `filter[event]` = parts of event names, of which one must match. */
function passes(event: string, { filter }: Input): boolean {
  const parts = isRecord(filter) ? filter['event'] : undefined;
  return typeof parts !== 'string' || parts.split(',').some((part) => event.includes(part));
}

function sorted(newestFirst: readonly Activity[], sort: unknown): readonly Activity[] {
  if (sort === undefined || sort === 'timestamp') return newestFirst.toReversed();
  if (sort === '-timestamp') return newestFirst;
  throw panelError(
    400,
    'InvalidSortQuery',
    `Requested sort(s) \`${String(sort)}\` is not allowed. Allowed sort(s) are \`timestamp\`.`,
  );
}
