/** What the person has agreed to for one panel although Perch would not do it by itself. Each can be withdrawn. */
import * as z from 'zod';

const unencrypted = z.object({ kind: z.literal('unencrypted') });
const certificate = z.object({
  kind: z.literal('certificate'),
  /** The panel's, or that of a node, with its port where that is not 443. */
  host: z.string().max(300),
});

export const agreementRefSchema = z.discriminatedUnion('kind', [unencrypted, certificate]);
export type AgreementRef = z.infer<typeof agreementRefSchema>;

export const agreementSchema = z.discriminatedUnion('kind', [
  /** When that was, in the system's time. */
  unencrypted.extend({ at: z.number() }),
  /** null where an older version did not write it down. */
  certificate.extend({ at: z.number().nullable(), fingerprint: z.string() }),
]);
export type Agreement = z.infer<typeof agreementSchema>;
