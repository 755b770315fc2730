/** E-mail, user name and password of an account (PROTOCOL 2.24). */
import type { User } from '../data/world.js';
import type { World } from '../records.js';
import type { PanelDialect } from './dialect.js';
import { panelError, PanelError } from './errors.js';
import { failures } from './gates.js';
import { noContent, onAccount, type Call, type Reply, type RouteContext, type Routes } from './route.js';

export function accountChangeRoutes({ changesUsernames }: PanelDialect): Routes {
  return {
    '/api/client/account/email': {
      PUT: onAccount({ withoutTwoFactor: true, isEmailChange: true, run: changeEmail }),
    },
    '/api/client/account/password': { PUT: onAccount({ withoutTwoFactor: true, run: changePassword }) },
    ...(changesUsernames
      ? { '/api/client/account/username': { PUT: onAccount({ withoutTwoFactor: true, run: changeName }) } }
      : {}),
  };
}

function changeEmail(context: RouteContext, call: Call<null>): Reply {
  const { user, input } = call;
  checkPassword(user, input['password']);
  checkField(context, call, 'email', 'required|email|between:1,191');
  const email = String(input['email']);
  checkEmailLimit(context, user);
  if (email !== user.email) {
    record(context, user, 'email-changed', { old: user.email, new: email });
    user.email = email;
    context.world.saveUser(user);
  }
  return noContent;
}

const dayMs = 24 * 3_600_000;

/** Without `Retry-After`, and before the new address is compared with the old one (PROTOCOL 2.24.12). */
function checkEmailLimit({ activity, dialect: { emailsPerDay }, now }: RouteContext, { uuid }: User): void {
  const changes = activity
    .listed(uuid)
    .filter(({ event, at }) => event === 'user:account.email-changed' && now() - at < dayMs);
  if (emailsPerDay === null || changes.length < emailsPerDay) return;
  throw panelError(
    429,
    'TooManyRequestsHttpException',
    'Your email address has been changed too many times today. Please try again later.',
  );
}

function changeName(context: RouteContext, call: Call<null>): Reply {
  const { user, input } = call;
  checkPassword(user, input['password']);
  checkField(context, call, 'username', 'required|string|between:1,255');
  const username = String(input['username']);
  if (username !== user.username) {
    record(context, user, 'username-changed', { old: user.username, new: username });
    user.username = username;
    context.world.saveUser(user);
  }
  return noContent;
}

function changePassword(context: RouteContext, { user, input }: Call<null>): Reply {
  const { world, dialect } = context;
  checkPassword(user, input['current_password']);
  const complaints = failures(input, { password: 'required|string|min:8' }, dialect);
  const isConfirmed =
    (input['password'] ?? null) === null || input['password'] === input['password_confirmation'];
  const unconfirmed = {
    code: 'ValidationException',
    detail: dialect.texts('confirmed', 'password', [], 'string'),
    meta: dialect.failureMeta('password', 'confirmed'),
  };
  if (complaints.length > 0 || !isConfirmed) {
    throw new PanelError(422, [...(isConfirmed ? [] : [unconfirmed]), ...complaints], 'back');
  }
  user.password = String(input['password']);
  world.saveUser(user);
  record(context, user, 'password-changed', {});
  return noContent;
}

/** The password counts before the other fields do. */
function checkPassword({ password }: User, given: unknown): void {
  if (password !== undefined && password === given) return;
  throw panelError(
    400,
    'InvalidPasswordProvidedException',
    'The password provided was invalid for this account.',
    'back',
  );
}

/** Checks a field that no two accounts may share. */
function checkField(
  { world, dialect }: RouteContext,
  { user, input }: Call<null>,
  field: 'email' | 'username',
  rules: string,
): void {
  const complaints = failures(input, { [field]: rules }, dialect);
  if (complaints.length === 0 && isTaken(world, user, field, String(input[field]))) {
    complaints.push({
      code: 'ValidationException',
      detail: dialect.texts('unique', field, [], 'string'),
      meta: dialect.failureMeta(field, 'unique'),
    });
  }
  if (complaints.length > 0) throw new PanelError(422, complaints, 'back');
}

function isTaken(world: World, { id }: User, field: 'email' | 'username', value: string): boolean {
  const wanted = value.toLowerCase();
  return [...world.users.values()].some((other) => other.id !== id && other[field].toLowerCase() === wanted);
}

function record(
  { activity }: RouteContext,
  { uuid }: User,
  event: string,
  properties: Record<string, unknown>,
): void {
  activity.record(uuid, { event: `user:account.${event}`, userUuid: uuid, properties });
}
