/** Security exceptions that the user agreed to for one panel. The user can withdraw each. */
import * as z from 'zod';

const unencrypted = z.object({ kind: z.literal('unencrypted') });
const certificate = z.object({
  kind: z.literal('certificate'),
  /** Host of the panel or of a node, with its port unless that is 443. */
  host: z.string().max(300),
});

export const agreementRefSchema = z.discriminatedUnion('kind', [unencrypted, certificate]);
export type AgreementRef = z.infer<typeof agreementRefSchema>;

export const agreementSchema = z.discriminatedUnion('kind', [
  /** `at` = when the user agreed (wall-clock time, ms since the epoch). */
  unencrypted.extend({ at: z.number() }),
  /** `at` is null if an older version of Perch did not record it. */
  certificate.extend({ at: z.number().nullable(), fingerprint: z.string() }),
]);
export type Agreement = z.infer<typeof agreementSchema>;
