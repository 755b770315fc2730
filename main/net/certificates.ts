/** Reads the certificate of a host and decides whether Perch trusts the host. */
import { X509Certificate } from 'node:crypto';
import type { TLSSocket } from 'node:tls';
import type { CertificateFacts } from '../../bridge/schema/certificate.js';
import { oneLine } from '../../bridge/console/plain-line.js';
import {
  HttpFailure,
  type HttpFailureReason,
  type PresentedCertificate,
  type Trust,
  type TrustedCertificate,
} from '../base/network-ports.js';

/** Throws `HttpFailure` if the socket has no certificate, which means that the socket is closed already. */
function presentedBy(socket: TLSSocket): X509Certificate {
  const certificate = socket.getPeerX509Certificate();
  if (certificate === undefined) throw new HttpFailure('reset', 'no certificate');
  return certificate;
}

/**
 * The reason why the host is not trusted, or null if the host is trusted.
 * A certificate that a known authority signed is always trusted, even if the user pinned another certificate; the
 * pin is then dropped (`outgrown`). Without an authority the certificate must be the pinned one and within its dates;
 * its names and issuer do not matter.
 */
export function trustRefusal(socket: TLSSocket, host: string, trust: Trust): HttpFailure | null {
  const agreed = trust.agreed();
  const certificate = presentedBy(socket);
  if (socket.authorized) {
    if (agreed !== null) trust.outgrown();
    return null;
  }
  const shown = factsOf(certificate);
  const isInTime = (shown.from ?? 0) <= Date.now() && Date.now() <= (shown.until ?? Infinity);
  if (isInTime && agreed?.fingerprint === shown.fingerprint) return null;
  const why = String(socket.authorizationError);
  return new HttpFailure('tls-untrusted', why, {
    reason: isInTime ? reasonOf(why, agreed !== null) : 'certificate-expired',
    certificate: {
      host,
      shown,
      agreed: agreed === null ? null : agreedFacts(agreed),
      mayTrust: isInTime,
    },
  });
}

function reasonOf(why: string, isPinned: boolean): HttpFailureReason | undefined {
  if (isPinned) return 'certificate-changed';
  return why.includes('ERR_TLS_CERT_ALTNAME_INVALID') ? 'certificate-name' : undefined;
}

export function shownBy(socket: TLSSocket): PresentedCertificate {
  const certificate = presentedBy(socket);
  return { pem: certificate.toString(), facts: factsOf(certificate) };
}

function factsOf({ fingerprint256, issuer, validFrom, validTo }: X509Certificate): CertificateFacts {
  return {
    fingerprint: fingerprint256,
    issuer: issuerName(issuer),
    from: timeOf(validFrom),
    until: timeOf(validTo),
  };
}

function agreedFacts({ pem, fingerprint }: TrustedCertificate): CertificateFacts {
  try {
    return { ...factsOf(new X509Certificate(pem)), fingerprint };
  } catch {
    return { fingerprint, issuer: '', from: null, until: null };
  }
}

const longestName = 100;

/** `C=DE\nO=Example Hosting\nCN=R3` -> `R3`. Without a common name the organization. */
function issuerName(issuer: string): string {
  const parts = new Map(
    issuer.split('\n').map((line) => [line.split('=')[0], line.slice(line.indexOf('=') + 1)]),
  );
  return oneLine(parts.get('CN') ?? parts.get('O') ?? '', longestName);
}

function timeOf(text: string): number | null {
  const time = Date.parse(text);
  return Number.isNaN(time) ? null : time;
}
