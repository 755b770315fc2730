/** SSH keys of an account (PROTOCOL 2.18). */
import type { SshKey, User } from '../data/world.js';
import type { PanelDialect } from './dialect.js';
import { noRoute, PanelError, unknownServer } from './errors.js';
import { list } from './items.js';
import { readPublicKey, type PublicKey } from './public-keys.js';
import {
  noContent,
  ok,
  onAccount,
  type AccountRoute,
  type Call,
  type Reply,
  type RouteContext,
  type Routes,
} from './route.js';

/** A shorter RSA key is refused; the panel's own text calls these bits bytes. */
const leastRsaBits = 2048;
const base = '/api/client/account/ssh-keys';

export function sshKeyRoutes({ removesSshKeysByPath }: PanelDialect): Routes {
  const both = { GET: onAccount({ run: listSshKeys }), POST: addition };
  if (!removesSshKeysByPath) return { [base]: both, [`${base}/remove`]: { POST: removal } };
  return { [base]: both, [`${base}/:fingerprint`]: { DELETE: onAccount({ run: removeNamed }) } };
}

const addition: AccountRoute = onAccount({
  rules: () => ({ name: 'required|string', public_key: 'required|string' }),
  run: addSshKey,
});

const removal: AccountRoute = onAccount({
  rules: () => ({ fingerprint: 'required|string' }),
  run: removeSshKey,
});

function listSshKeys({ world }: RouteContext, { user }: Call<null>): Reply {
  return ok(list(world.sshKeysOf(user.id).map(sshKeyItem)));
}

function addSshKey({ world, dialect, activity, now }: RouteContext, { user, input }: Call<null>): Reply {
  const read = readPublicKey(String(input['public_key']));
  if (read === null) throw refused(dialect, ['The public key provided is not valid.']);
  const { fingerprint, pem } = read;
  const isKnown = world.sshKeysOf(user.id).some((key) => key.fingerprint === fingerprint);
  const complaints = [
    ...complaintsAbout(read),
    ...(isKnown ? ['The public key provided already exists on your account.'] : []),
  ];
  if (complaints.length > 0) throw refused(dialect, complaints);
  const createdAt = new Date(now()).toISOString();
  const key = { userId: user.id, name: String(input['name']), fingerprint, publicKey: pem, createdAt };
  world.saveSshKey(key);
  activity.record(user.uuid, {
    event: 'user:ssh-key.create',
    userUuid: user.uuid,
    properties: { fingerprint },
  });
  return ok(sshKeyItem(key));
}

/** A fingerprint that the account does not have counts as removed. */
function removeSshKey(context: RouteContext, { user, input }: Call<null>): Reply {
  const keys = context.world.sshKeysOf(user.id);
  const key = keys.find(({ fingerprint }) => fingerprint === input['fingerprint']);
  if (key !== undefined) forget(context, user, key);
  return noContent;
}

/** The address holds the fingerprint; one with a slash leads to no route. */
function removeNamed(context: RouteContext, { user, params }: Call<null>): Reply {
  const wanted = params['fingerprint'] ?? '';
  if (wanted.includes('/')) throw noRoute(`${base}/${wanted}`);
  const key = context.world.sshKeysOf(user.id).find(({ fingerprint }) => fingerprint === wanted);
  if (key === undefined) throw unknownServer();
  forget(context, user, key);
  return noContent;
}

function forget({ world, activity }: RouteContext, { uuid }: User, key: SshKey): void {
  world.removeSshKey(key);
  const properties = { fingerprint: key.fingerprint };
  activity.record(uuid, { event: 'user:ssh-key.delete', userUuid: uuid, properties });
}

function complaintsAbout({ kind, bits }: PublicKey): string[] {
  if (kind === 'dsa') return ['DSA keys are not supported.'];
  return kind === 'rsa' && bits < leastRsaBits ? ['RSA keys must be at least 2048 bytes in length.'] : [];
}

function refused(dialect: PanelDialect, details: readonly string[]): PanelError {
  const meta = dialect.failureMeta('public_key', '');
  return new PanelError(
    422,
    details.map((detail) => ({ code: 'ValidationException', detail, meta })),
    'back',
  );
}

function sshKeyItem({ name, fingerprint, publicKey, createdAt }: SshKey): unknown {
  return {
    object: 'ssh_key',
    attributes: {
      name,
      fingerprint,
      public_key: publicKey,
      created_at: createdAt.replace(/\.\d+Z$/, '+00:00'),
    },
  };
}
