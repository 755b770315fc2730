/** What a person compares before a certificate is trusted that no authority vouches for. */
import * as z from 'zod';

const certificateFactsSchema = z.object({
  /** SHA-256, colon-separated upper-case hex. */
  fingerprint: z.string(),
  /** Who signed it, in the certificate's own words, which anybody may write; empty where it does not tell. */
  issuer: z.string(),
  /** When it holds; null where that can't be read. */
  from: z.number().nullable(),
  until: z.number().nullable(),
});
export type CertificateFacts = z.infer<typeof certificateFactsSchema>;

export const refusedCertificateSchema = z.object({
  /** The host that presents it, with its port where that is not 443. */
  host: z.string(),
  shown: certificateFactsSchema,
  /** What was agreed to for this host earlier; null where nothing was. */
  agreed: certificateFactsSchema.nullable(),
  /** False where agreeing would not help: it is out of its dates. */
  mayTrust: z.boolean(),
});
export type RefusedCertificate = z.infer<typeof refusedCertificateSchema>;
