import * as z from 'zod';
import { enveloped, line, uniqueBy } from './fields.js';

/** Schema of one SSH key of the account. `fingerprint` is Base64 without `SHA256:`. */
const sshKeyItem = enveloped({ name: line(300), fingerprint: z.string().min(1).max(200) }).transform(
  ({ name, fingerprint }) => ({ name, fingerprint }),
);
export type SshKey = z.output<typeof sshKeyItem>;

export const sshKeyAnswer = sshKeyItem;

/** Schema of the list, which has no pages. */
export const sshKeysAnswer = z
  .looseObject({ data: z.array(sshKeyItem).max(10_000) })
  .transform(({ data }) => uniqueBy(data, ({ fingerprint }) => fingerprint));
