import type { HandlerInput } from '../../../bridge/schema/contract.js';
import type { Server } from '../../../bridge/schema/domain.js';
import { PerchError, newProblem } from '../../../bridge/errors.js';
import { sentence } from '../../../messages/messages.js';
import { agreedCertificate } from './agreed-certificate.js';
import { withAgreement } from './agreements.js';
import type { ActionsDeps } from '../deps.js';

/**
 * Agrees to the certificate of a panel or node, and connects again.
 *
 * Throws `not-found` for a host whose certificate no server or panel of the account has asked about.
 */
export async function trustCertificate(
  deps: Pick<ActionsDeps, 'book' | 'clock' | 'fleet' | 'network' | 'store'>,
  { accountId, host, fingerprint }: HandlerInput<'accounts.trust'>,
): Promise<void> {
  const { book, fleet, store } = deps;
  const record = book.find(accountId);
  // Accounts of the same panel share its nodes, so the agreement counts for all of them.
  const own = record === null ? [] : book.all.filter(({ panelUrl }) => panelUrl === record.panelUrl);
  const refused = [...store.state.servers.values()].filter((server) => isRefusedBy(server, host));
  const waiting = refused.filter((server) => own.some(({ id }) => id === server.accountId));
  const isPanel = record !== null && new URL(record.panelUrl).host === host;
  if (record === null || (!isPanel && !waiting.some((server) => server.accountId === accountId))) {
    throw new PerchError(newProblem('not-found', sentence('certificate.nobody-asks', { host })));
  }
  const trusted = await agreedCertificate(deps, `https://${host}`, fingerprint);
  for (const { id } of own) await book.patch(id, (now) => withAgreement(now, host, trusted));
  for (const { id } of waiting) fleet.server(id)?.session.retry();
  if (isPanel) await Promise.all(own.map(({ id }) => fleet.retryAccount(id)));
}

function isRefusedBy({ link }: Server, host: string): boolean {
  const problem = link.kind === 'reconnecting' || link.kind === 'refused' ? link.problem : null;
  return problem?.certificate?.host === host;
}
