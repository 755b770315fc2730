/** Calls about the account on its panel, and activity. Passwords and keys go in; none comes out. */
import * as z from 'zod';
import { accountRef } from './account-calls.js';
import { activityPageSchema } from './activity.js';
import { ownAccountSchema } from './own-account.js';
import { serverRef } from './server-calls.js';

const nothing = z.void();
const identifier = z.string().regex(/^\w{1,40}$/);
const password = z.string().min(1).max(1000);
const pageOfActivity = {
  /** Counts from 1; the newest entries are on page 1. */
  page: z.number().int().min(1).max(10_000),
  /** Parts of the names of events, with commas between them; absent for all events. */
  event: z
    .string()
    .regex(/^[a-z:._,-]{1,200}$/)
    .optional(),
};

export const ownAccountContract = {
  /** Asks the panel for the account, its keys and its SSH keys. */
  'account.view': { input: accountRef, output: ownAccountSchema },
  /** Makes a key and copies it to the clipboard. The panel never shows the key again, and no window sees it. */
  'account.makeKey': {
    input: accountRef.extend({
      description: z.string().trim().min(1).max(500),
      allowedIps: z.array(z.string().trim().min(1).max(100)).max(50),
    }),
    output: nothing,
  },
  /** Rejects with `conflict` for the key that Perch uses. A key that is gone counts as deleted. */
  'account.deleteKey': { input: accountRef.extend({ identifier }), output: nothing },
  /**
   * Replaces the key that Perch uses by a new one with the same addresses. The old key is deleted once the new key has
   * worked; `left` = description of the old key, if the panel did not delete it.
   */
  'account.renewKey': { input: accountRef, output: z.object({ left: z.string().nullable() }) },
  /** Deletes keys that an interrupted replacement has left at the panel. Returns the number of deleted keys. */
  'account.tidyKeys': { input: accountRef, output: z.object({ deleted: z.number() }) },
  /** `publicKey` = line of an `authorized_keys` file, or another form that the panel reads. */
  'account.addSshKey': {
    input: accountRef.extend({
      name: z.string().trim().min(1).max(191),
      publicKey: z.string().trim().min(1).max(20_000),
    }),
    output: nothing,
  },
  'account.removeSshKey': {
    input: accountRef.extend({ fingerprint: z.string().min(1).max(200) }),
    output: nothing,
  },
  'account.setEmail': {
    input: accountRef.extend({ email: z.string().trim().min(1).max(191), password }),
    output: nothing,
  },
  'account.setUsername': {
    input: accountRef.extend({ username: z.string().trim().min(1).max(255), password }),
    output: nothing,
  },
  'account.setPassword': { input: accountRef.extend({ current: password, next: password }), output: nothing },
  /** One page of the account's activity, newest first. */
  'account.activity': { input: accountRef.extend(pageOfActivity), output: activityPageSchema },
  /** One page of a server's activity, newest first. */
  'activity.ofServer': { input: serverRef.extend(pageOfActivity), output: activityPageSchema },
  /** Reads each list of the feed `fleetActivity` again at once that a panel refused. */
  'activity.retry': { input: nothing, output: nothing },
};
