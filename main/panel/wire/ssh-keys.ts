import * as z from 'zod';
import { enveloped, line, optionalTime } from './fields.js';
import { wholeList } from './whole-list.js';

const mostKeys = 10_000;

/** Schema of one SSH key of the account. `fingerprint` is Base64 without `SHA256:`. */
const sshKeyItem = enveloped({
  name: line(300),
  fingerprint: z.string().min(1).max(200),
  created_at: optionalTime,
}).transform(({ name, fingerprint, created_at: createdAt }) => ({ name, fingerprint, createdAt }));
export type SshKey = z.output<typeof sshKeyItem>;

export const sshKeyAnswer = sshKeyItem;

/** Schema of the list, which has no pages. */
export const sshKeysAnswer = wholeList(sshKeyItem, mostKeys, ({ fingerprint }) => fingerprint);
