import type { HandlerInput } from '../../bridge/contract.js';
import type { Server } from '../../bridge/domain.js';
import { PerchError } from '../../bridge/errors.js';
import { sentence } from '../../words/words.js';
import { agreedCertificate } from './agreed-certificate.js';
import { withAgreement } from './agreements.js';
import type { ActionsDeps } from './deps.js';

/** The key stays where it is: only who may get it has changed. Hosts that nobody asked about are not connected to. */
export async function trustCertificate(
  deps: Pick<ActionsDeps, 'book' | 'clock' | 'fleet' | 'network' | 'store'>,
  { accountId, host, fingerprint }: HandlerInput<'accounts.trust'>,
): Promise<void> {
  const { book, fleet, store } = deps;
  const record = book.find(accountId);
  const waiting = [...store.state.servers.values()].filter(
    (server) => server.accountId === accountId && isRefusedBy(server, host),
  );
  const isPanel = record !== null && new URL(record.panelUrl).host === host;
  if (record === null || (!isPanel && waiting.length === 0)) {
    throw new PerchError({
      code: 'not-found',
      message: sentence('certificate.nobody-asks', { host }),
      next: sentence('certificate.nobody-asks-next'),
    });
  }
  const trusted = await agreedCertificate(deps, `https://${host}`, fingerprint);
  await book.patch(accountId, (now) => withAgreement(now, host, trusted));
  for (const { id } of waiting) fleet.server(id)?.connectNow();
  if (isPanel) await fleet.retryAccount(accountId);
}

function isRefusedBy({ link }: Server, host: string): boolean {
  const problem = link.kind === 'reconnecting' || link.kind === 'refused' ? link.problem : null;
  return problem?.certificate?.host === host;
}
