import type { PresentedCertificate, Trust, TrustedCertificate } from '../../main/base/network-ports.js';

/**
 * Trust store of a person who agreed to one certificate or to none; `outgrown` counts replacements by an authority's
 * certificate.
 */
export function trusting(agreed: TrustedCertificate | null = null): Trust & { outgrownTimes: number } {
  const trust = {
    outgrownTimes: 0,
    agreed: () => agreed,
    outgrown: () => void (trust.outgrownTimes += 1),
  };
  return trust;
}

/** Stored form of a certificate that the person trusts. */
export function agreedTo({ pem, facts }: PresentedCertificate): TrustedCertificate {
  return { pem, fingerprint: facts.fingerprint };
}
