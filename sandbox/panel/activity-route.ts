import { createHash } from 'node:crypto';
import { shortId, type Server, type User } from '../data/world.js';
import type { Activity } from './activity-log.js';
import { panelError } from './errors.js';
import { isRecord, type Input } from './input.js';
import { list, nullResource } from './items.js';
import { ok, type Call, type Reply, type RouteContext } from './route.js';
import { includesOf, paginate } from './server-list.js';
import { portraitOf } from './subusers/items.js';

/** Activity of a server (PROTOCOL 2.14). */
export function listActivity(
  { world, activity, url }: RouteContext,
  { server, query, user }: Call<Server>,
): Reply {
  const found = sorted(
    activity.listed(server.uuid).filter(({ event }) => passes(event, query)),
    query['sort'],
  );
  const address = `${url()}/api/client/servers/${shortId(server)}/activity`;
  const page = paginate(found, query, { default: 25, max: 100 }, address);
  const users = new Map([...world.users.values()].map((each) => [each.uuid, each]));
  const withActor = includesOf(query).has('actor');
  const items = page.items.map((activity) => {
    const actor = users.get(activity.userUuid ?? '') ?? null;
    const isShown = actor !== null && (user.rootAdmin || actor.id === user.id);
    const relationships = withActor ? { relationships: { actor: actorItem(actor) } } : {};
    return { object: 'activity_log', attributes: { ...attributesOf(activity, isShown), ...relationships } };
  });
  return ok({ ...list(items), meta: { pagination: page.pagination } });
}

/** The IP address is shown to its owner and to administrators. */
function attributesOf(activity: Activity, isAddressShown: boolean): Record<string, unknown> {
  return {
    id: createHash('sha1').update(String(activity.number)).digest('hex'),
    batch: null,
    event: activity.event,
    is_api: activity.isApi,
    ip: isAddressShown ? '127.0.0.1' : null,
    description: null,
    properties: activity.properties,
    has_additional_metadata: activity.hasMore,
    timestamp: new Date(activity.at).toISOString().replace(/\.\d+Z$/, '+00:00'),
  };
}

function actorItem(user: User | null): unknown {
  if (user === null) return nullResource;
  const { uuid, username, email, createdAt } = user;
  return {
    object: 'user',
    attributes: {
      uuid,
      username,
      email,
      image: portraitOf(user),
      '2fa_enabled': user.usesTwoFactor === true,
      created_at: createdAt,
    },
  };
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
