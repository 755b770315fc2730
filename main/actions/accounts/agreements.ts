import type { AccountRecord, Log, Trust, TrustedCertificate } from '../../base/ports.js';
import type { AccountBook } from '../account-book.js';

/**
 * What the person agreed to, by account and host. It is read anew for every connection, so an agreement counts from
 * the next one on. Where an authority vouches for the host by now, the agreement goes: from then on that certificate
 * is the one that anybody must have, and the old one would be loud.
 */
export class Agreements {
  readonly #book: AccountBook;
  readonly #log: Log;

  constructor({ book, log }: { book: AccountBook; log: Log }) {
    this.#book = book;
    this.#log = log;
  }

  trustOf(accountId: string, host: string): Trust {
    const agreed = (): TrustedCertificate | null => {
      const record = this.#book.find(accountId);
      return record === null ? null : agreedFor(record, host);
    };
    return { agreed, outgrown: () => void this.#forget(accountId, host) };
  }

  async #forget(accountId: string, host: string): Promise<void> {
    const record = this.#book.find(accountId);
    if (record === null || agreedFor(record, host) === null) return;
    try {
      await this.#book.patch(accountId, (now) => withoutAgreement(now, host));
      this.#log.info('accounts.agreement-outgrown', { account: accountId, host });
    } catch {
      this.#log.warn('accounts.agreement-kept', { account: accountId, host });
    }
  }
}

/** The record with one agreement more, or another one in its place. */
export function withAgreement(
  record: AccountRecord,
  host: string,
  trusted: TrustedCertificate,
): Partial<AccountRecord> {
  if (isPanel(record, host)) return { trusted };
  const { trustedNodes } = withoutAgreement(record, host);
  return { trustedNodes: [...(trustedNodes ?? []), { host, ...trusted }] };
}

/** What of the record changes where that agreement is gone. */
export function withoutAgreement(record: AccountRecord, host: string): Partial<AccountRecord> {
  if (isPanel(record, host)) return { trusted: null };
  return { trustedNodes: record.trustedNodes.filter((node) => node.host !== host) };
}

/** A node behind the panel's own address presents the panel's certificate. */
function agreedFor(record: AccountRecord, host: string): TrustedCertificate | null {
  if (isPanel(record, host)) return record.trusted;
  return record.trustedNodes.find((node) => node.host === host) ?? null;
}

function isPanel({ panelUrl }: AccountRecord, host: string): boolean {
  return new URL(panelUrl).host === host;
}
