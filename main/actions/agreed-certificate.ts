import { PerchError } from '../../bridge/errors.js';
import { sentence } from '../../words/words.js';
import { readAccount } from '../panel/calls.js';
import { failureProblem } from '../panel/failures.js';
import { HttpFailure, type Network, type TrustedCertificate } from '../base/ports.js';

/**
 * Fetches the certificate that the panel shows now, and hands it over only if it is the one that the person agreed
 * to. Nothing is sent to the panel.
 */
export async function agreedCertificate(
  network: Pick<Network, 'certificateOf'>,
  panelUrl: string,
  fingerprint: string,
): Promise<TrustedCertificate> {
  const place = new URL(panelUrl).host;
  const shown = await certificateOf(network, panelUrl, place);
  if (plain(shown.fingerprint) === plain(fingerprint)) return shown;
  throw new PerchError({
    code: 'tls-untrusted',
    message: sentence('panel.changed-now', { place }),
    next: sentence('panel.changed-now-next'),
    fingerprint: shown.fingerprint,
  });
}

async function certificateOf(
  network: Pick<Network, 'certificateOf'>,
  panelUrl: string,
  place: string,
): Promise<TrustedCertificate> {
  try {
    return await network.certificateOf(panelUrl);
  } catch (error) {
    if (!(error instanceof HttpFailure)) throw error;
    throw new PerchError(failureProblem(error, readAccount(), place), { cause: error });
  }
}

function plain(fingerprint: string): string {
  return fingerprint.replace(/[^0-9a-f]/gi, '').toUpperCase();
}
