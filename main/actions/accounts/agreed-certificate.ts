import { PerchError, newProblem } from '../../../bridge/errors.js';
import { sentence } from '../../../messages/messages.js';
import { readAccount } from '../../panel/calls.js';
import { failureProblem } from '../../panel/failures.js';
import {
  HttpFailure,
  type Network,
  type PresentedCertificate,
  type TrustedCertificate,
} from '../../base/network-ports.js';
import type { ActionsDeps } from '../deps.js';

/**
 * Fetches the certificate that a panel or node shows now. Throws `tls-untrusted` unless it is the certificate that the
 * user agreed to.
 *
 * The connection carries no request.
 */
export async function agreedCertificate(
  { clock, network }: Pick<ActionsDeps, 'clock' | 'network'>,
  url: string,
  fingerprint: string,
): Promise<TrustedCertificate> {
  const place = new URL(url).host;
  const { pem, facts } = await certificateOf(network, url, place);
  if (plain(facts.fingerprint) === plain(fingerprint)) {
    return { pem, fingerprint: facts.fingerprint, agreedAt: clock.wall() };
  }
  throw new PerchError({
    ...newProblem('tls-untrusted', sentence('panel.changed-now', { place })),
    certificate: { host: place, shown: facts, agreed: null, mayTrust: true },
  });
}

async function certificateOf(
  network: Pick<Network, 'certificateOf'>,
  url: string,
  place: string,
): Promise<PresentedCertificate> {
  try {
    return await network.certificateOf(url);
  } catch (error) {
    if (!(error instanceof HttpFailure)) throw error;
    throw new PerchError(failureProblem(error, readAccount(), place), { cause: error });
  }
}

function plain(fingerprint: string): string {
  return fingerprint.replace(/[^0-9a-f]/gi, '').toUpperCase();
}
