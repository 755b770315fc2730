import type { PresentedCertificate, Trust, TrustedCertificate } from '../../main/base/ports.js';

/** A person who agreed to one certificate, or to none; `outgrown` counts how often an authority stood in. */
export function trusting(agreed: TrustedCertificate | null = null): Trust & { outgrownTimes: number } {
  const trust = {
    outgrownTimes: 0,
    agreed: () => agreed,
    outgrown: () => void (trust.outgrownTimes += 1),
  };
  return trust;
}

/** What is kept of a certificate that the person agrees to. */
export function agreedTo({ pem, facts }: PresentedCertificate): TrustedCertificate {
  return { pem, fingerprint: facts.fingerprint };
}
