import type { Agreement } from '../../../bridge/schema/agreement.js';
import type { TrustedCertificate } from '../../base/network-ports.js';
import type { AccountRecord } from '../../base/ports.js';

/**
 * The user's agreements for this panel, for windows: unencrypted connections, then the panel's certificate, then those
 * of nodes.
 */
export function agreementsOf(record: AccountRecord): Agreement[] {
  const { panelUrl, trusted, trustedNodes, unencryptedSince } = record;
  return [
    ...(unencryptedSince === undefined ? [] : [{ kind: 'unencrypted', at: unencryptedSince } as const]),
    ...(trusted === null ? [] : [told(new URL(panelUrl).host, trusted)]),
    ...trustedNodes.map((node) => told(node.host, node)),
  ];
}

function told(host: string, { fingerprint, agreedAt }: TrustedCertificate): Agreement {
  return { kind: 'certificate', host, fingerprint, at: agreedAt ?? null };
}
