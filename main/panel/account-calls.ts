/** Requests about the account itself: keys, e-mail, user name, password, activity (PROTOCOL 2.24). */
import { PerchError, newProblem } from '../../bridge/errors.js';
import { sentence, type Sentence } from '../../messages/messages.js';
import { activityQuery, type ActivityPage } from './activity-query.js';
import { read, type PanelCall } from './call.js';
import { apiKeysAnswer, createdKeyAnswer } from './wire/api-keys.js';
import { activityPageAnswer } from './wire/activity-page.js';

const keysPath = '/account/api-keys';

/** A change of the account, which needs no permission on a server. */
function change<T = void>(
  method: 'POST' | 'PUT' | 'DELETE',
  path: string,
  what: Sentence,
  extra: Partial<PanelCall<T>> = {},
): PanelCall<T> {
  const { body } = extra;
  return {
    method,
    path,
    what,
    subject: 'panel',
    usesNode: false,
    fields: typeof body === 'object' ? Object.keys(body) : [],
    budget: 'panel',
    unsure: sentence('panel.maybe-saved'),
    answer: null,
    ...extra,
  };
}

/** Calls with a method of the same name and arguments on `PanelApi`. */
export const accountRequests = {
  /** All keys of the account, oldest first, without their secret halves. */
  apiKeys: () => read(keysPath, sentence('panel.what.api-keys'), apiKeysAnswer),

  /** The answer holds the whole new key, which no panel tells again. No addresses = from anywhere. */
  createApiKey: (description: string, allowedIps: readonly string[]) =>
    change('POST', keysPath, sentence('panel.what.api-key-create'), {
      body: { allowed_ips: allowedIps, description },
      subject: 'key',
      answersSecret: true,
      unsure: sentence('panel.maybe-key'),
      answer: createdKeyAnswer,
    }),

  /** Rejects with `not-found` for a key that the account does not have. */
  deleteApiKey: (identifier: string) =>
    change('DELETE', keyPath(identifier), sentence('panel.what.api-key-delete'), { subject: 'key' }),

  changeEmail: (email: string, password: string) =>
    change('PUT', '/account/email', sentence('panel.what.email'), {
      body: { email, password },
      secrets: [password],
      throttled: 'email-throttled',
      hasOwnLimit: true,
    }),

  /** Pelican only. */
  changeUsername: (username: string, password: string) =>
    change('PUT', '/account/username', sentence('panel.what.username'), {
      body: { password, username },
      secrets: [password],
    }),

  changePassword: (current: string, next: string) =>
    change('PUT', '/account/password', sentence('panel.what.password'), {
      body: { current_password: current, password: next, password_confirmation: next },
      secrets: [current, next],
      unsure: sentence('panel.maybe-password'),
    }),

  /** Changes of the account, newest first. */
  accountActivity: (page: ActivityPage) =>
    read(
      `/account/activity?${activityQuery(page)}`,
      sentence('panel.what.account-activity'),
      activityPageAnswer(page.page),
    ),
};

/** Path of one key. The identifier comes from a panel or a window. */
function keyPath(identifier: string): string {
  if (/^\w{1,40}$/.test(identifier)) return `${keysPath}/${identifier}`;
  throw new PerchError(
    newProblem('not-found', sentence('panel.no-key-id'), sentence('panel.no-key-there-next')),
  );
}
