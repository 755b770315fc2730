/** API keys of an account (PROTOCOL 2.24). */
import { isIP } from 'node:net';
import { newKey } from '../data/seed.js';
import type { ApiKey, User } from '../data/world.js';
import type { World } from '../records.js';
import { panelError, PanelError, unknownServer } from './errors.js';
import { failures } from './gates.js';
import { list } from './items.js';
import { noContent, ok, onAccount, type Call, type Reply, type RouteContext, type Routes } from './route.js';

/** A panel counts the keys of the account, not those of its servers. */
const mostKeys = 25;
const identifierLength = 16;
const base = '/api/client/account/api-keys';

export const apiKeyRoutes: Routes = {
  [base]: {
    GET: onAccount({ withoutTwoFactor: true, run: listKeys }),
    POST: onAccount({ withoutTwoFactor: true, run: addKey }),
  },
  [`${base}/:identifier`]: { DELETE: onAccount({ withoutTwoFactor: true, run: removeKey }) },
};

function listKeys({ world }: RouteContext, { user }: Call<null>): Reply {
  return ok(list(keysOf(world, user).map(keyItem)));
}

/** Only this answer has the secret half of a new key. */
function addKey(context: RouteContext, call: Call<null>): Reply {
  const { world, dialect, activity, now } = context;
  const { user, input } = call;
  refuseInvalid(context, call);
  if (keysOf(world, user).length >= mostKeys) {
    throw panelError(
      400,
      'DisplayException',
      'You have reached the account limit for number of API keys.',
      'back',
    );
  }
  const allowedIps = addressesIn(input['allowed_ips']);
  const key: ApiKey = {
    ...newKey(user.id, new Date(now()).toISOString(), dialect.keyPrefixes.client),
    description: String(input['description']),
    allowedIps,
  };
  world.saveKey(key);
  activity.record(user.uuid, {
    event: 'user:api-key.create',
    userUuid: user.uuid,
    properties: { identifier: identifierOf(key) },
  });
  return ok({ ...keyItem(key), meta: { secret_token: key.token.slice(identifierLength) } });
}

function removeKey({ world, activity }: RouteContext, { user, params }: Call<null>): Reply {
  const key = keysOf(world, user).find((each) => identifierOf(each) === params['identifier']);
  if (key === undefined) throw unknownServer();
  activity.record(user.uuid, {
    event: 'user:api-key.delete',
    userUuid: user.uuid,
    properties: { identifier: identifierOf(key) },
  });
  world.removeKey(key.token);
  return noContent;
}

/** The panel looks at the addresses last, and reports their mistakes beside those of the rules. */
function refuseInvalid({ dialect }: RouteContext, { input }: Call<null>): void {
  const ips: unknown = input['allowed_ips'];
  const complaints = [
    ...failures(
      input,
      { description: 'required|nullable|string|max:500', allowed_ips: 'nullable|array' },
      dialect,
    ),
    ...(Array.isArray(ips) ? ips : []).flatMap((ip: unknown, place) =>
      isAddress(ip)
        ? []
        : {
            code: 'ValidationException',
            detail: `"${String(ip)}" is not a valid IP address or CIDR range.`,
            meta: dialect.failureMeta(`allowed_ips.${place}`, ''),
          },
    ),
  ];
  if (complaints.length > 0) throw new PanelError(422, complaints, 'back');
}

function addressesIn(ips: unknown): string[] | null {
  return Array.isArray(ips) ? ips.map(String) : null;
}

function isAddress(text: unknown): boolean {
  const [address = '', bits, ...more] = String(text).split('/');
  const family = isIP(address);
  if (family === 0 || more.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 6 ? 128 : 32));
}

function keysOf(world: World, user: User): ApiKey[] {
  return [...world.keys.values()].filter((key) => key.userId === user.id && key.kind === 'client');
}

function identifierOf({ token }: ApiKey): string {
  return token.slice(0, identifierLength);
}

function keyItem(key: ApiKey): { object: string; attributes: Record<string, unknown> } {
  return {
    object: 'api_key',
    attributes: {
      identifier: identifierOf(key),
      description: key.description,
      allowed_ips: key.allowedIps,
      last_used_at: key.lastUsedAt?.replace(/\.\d+Z$/, '+00:00') ?? null,
      created_at: key.createdAt.replace(/\.\d+Z$/, '+00:00'),
    },
  };
}
