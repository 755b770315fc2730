/** Facts about a certificate that no authority vouches for. The user compares them before trusting it. */
import * as z from 'zod';

const certificateFactsSchema = z.object({
  /** SHA-256, colon-separated upper-case hex. */
  fingerprint: z.string(),
  /** Issuer as the certificate names it (hostile text); empty if it names none. */
  issuer: z.string(),
  /** Validity, ms since the epoch; null if unreadable. */
  from: z.number().nullable(),
  until: z.number().nullable(),
});
export type CertificateFacts = z.infer<typeof certificateFactsSchema>;

export const refusedCertificateSchema = z.object({
  /** Host that presents the certificate, with its port unless that is 443. */
  host: z.string(),
  shown: certificateFactsSchema,
  /** The certificate that the user accepted for this host earlier; null if there is none. */
  agreed: certificateFactsSchema.nullable(),
  /** False if trusting would not help, because the certificate is not valid today. */
  mayTrust: z.boolean(),
});
export type RefusedCertificate = z.infer<typeof refusedCertificateSchema>;
