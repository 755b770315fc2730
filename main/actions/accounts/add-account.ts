import type { HandlerInput } from '../../../bridge/schema/contract.js';
import type { Account } from '../../../bridge/schema/domain.js';
import { normalizePanelUrl } from '../../panel/url.js';
import type { TrustedCertificate } from '../../base/network-ports.js';
import { agreedCertificate } from './agreed-certificate.js';
import { connectAccount } from './connect-account.js';
import type { ActionsDeps } from '../deps.js';
import { enteredKey } from './entered-key.js';

/** Connects a panel with the address and key that the user entered. */
export async function addAccount(
  deps: ActionsDeps,
  input: HandlerInput<'accounts.add'> & { key: string },
): Promise<Account> {
  const { panelUrl } = normalizePanelUrl(input.url);
  const key = await enteredKey(deps, input.key, panelUrl);
  const trusted = await certificateFor(deps, panelUrl, input.trustFingerprint);
  return connectAccount(deps, { panelUrl, key, trusted, keep: input.keep, isDemo: false });
}

/** The certificate that the user agreed to now, or earlier for this panel; null = none. */
async function certificateFor(
  deps: ActionsDeps,
  panelUrl: string,
  fingerprint: string | undefined,
): Promise<TrustedCertificate | null> {
  if (!panelUrl.startsWith('https:')) return null;
  if (fingerprint !== undefined) return agreedCertificate(deps, panelUrl, fingerprint);
  return deps.book.all.find((record) => record.panelUrl === panelUrl)?.trusted ?? null;
}
