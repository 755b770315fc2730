import type { Trust, TrustedCertificate } from '../../base/network-ports.js';
import type { AccountRecord, Log } from '../../base/ports.js';
import type { AccountBook } from '../account-book.js';

/**
 * Certificates that the user agreed to, by account and host.
 *
 * Each new connection reads them, so an agreement takes effect with the next connection. When a certificate authority
 * vouches for the host, Perch deletes the agreement. From then on only a valid certificate is accepted, and the old
 * certificate fails visibly.
 */
export function agreedTrust({ book, log }: { book: AccountBook; log: Log }) {
  const agreed = (accountId: string, host: string): TrustedCertificate | null => {
    const record = book.find(accountId);
    return record === null ? null : agreedFor(record, host);
  };
  async function forget(accountId: string, host: string): Promise<void> {
    if (agreed(accountId, host) === null) return;
    try {
      await book.patch(accountId, (now) => withoutAgreement(now, host));
      log.info('accounts.agreement-outgrown', { account: accountId, host });
    } catch {
      log.warn('accounts.agreement-kept', { account: accountId, host });
    }
  }
  return (accountId: string, host: string): Trust => ({
    agreed: () => agreed(accountId, host),
    outgrown: () => void forget(accountId, host),
  });
}

/** The record's changes for a new agreement, which replaces an older one for the host. */
export function withAgreement(
  record: AccountRecord,
  host: string,
  trusted: TrustedCertificate,
): Partial<AccountRecord> {
  if (isPanel(record, host)) return { trusted };
  const { trustedNodes } = withoutAgreement(record, host);
  return { trustedNodes: [...(trustedNodes ?? []), { host, ...trusted }] };
}

/** The record's changes without the agreement for the host. */
export function withoutAgreement(record: AccountRecord, host: string): Partial<AccountRecord> {
  if (isPanel(record, host)) return { trusted: null };
  return { trustedNodes: record.trustedNodes.filter((node) => node.host !== host) };
}

/** The agreed certificate of a host. A node at the panel's own address shows the panel's certificate. */
function agreedFor(record: AccountRecord, host: string): TrustedCertificate | null {
  if (isPanel(record, host)) return record.trusted;
  return record.trustedNodes.find((node) => node.host === host) ?? null;
}

function isPanel({ panelUrl }: AccountRecord, host: string): boolean {
  return new URL(panelUrl).host === host;
}
