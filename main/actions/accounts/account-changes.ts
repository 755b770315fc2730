/** Changes to the stored record of a panel's account. */
import type { HandlerInput } from '../../../bridge/schema/contract.js';
import { oneLine } from '../../../bridge/console/plain-line.js';
import type { AccountRecord } from '../../base/ports.js';
import { knownAccount, type ActionsDeps } from '../deps.js';
import { withoutAgreement } from './agreements.js';

type Book = Pick<ActionsDeps, 'book'>;

const longestLabel = 100;

/** Gives a panel the user's own name. An empty name brings back the host's name. */
export async function renameAccount(
  { book }: Book,
  { accountId, label }: HandlerInput<'accounts.rename'>,
): Promise<void> {
  const record = knownAccount(book, accountId);
  const wanted = oneLine(label, longestLabel).trim();
  await book.put({ ...record, label: wanted === '' ? new URL(record.panelUrl).host : wanted });
}

/** Sets whether an administrator sees every server of a panel. */
export async function setAllServers(
  { book }: Book,
  { accountId, allServers }: HandlerInput<'accounts.setAllServers'>,
): Promise<void> {
  await book.put({ ...knownAccount(book, accountId), allServers });
}

/** Allows unencrypted connections to a panel's nodes, and connects its servers again. */
export async function allowUnencrypted(
  deps: Pick<ActionsDeps, 'book' | 'clock' | 'fleet'>,
  { accountId }: HandlerInput<'accounts.allowUnencrypted'>,
): Promise<void> {
  const record = knownAccount(deps.book, accountId);
  await connectAgain(deps, { ...record, unencryptedSince: deps.clock.wall() });
}

/** Withdraws an agreement for a panel, and closes the connections that relied on it. */
export async function withdrawAgreement(
  deps: Pick<ActionsDeps, 'book' | 'fleet'>,
  { accountId, agreement }: HandlerInput<'accounts.withdraw'>,
): Promise<void> {
  const record = knownAccount(deps.book, accountId);
  const change =
    agreement.kind === 'unencrypted'
      ? { unencryptedSince: undefined }
      : withoutAgreement(record, agreement.host);
  await connectAgain(deps, { ...record, ...change });
}

async function connectAgain(
  { book, fleet }: Pick<ActionsDeps, 'book' | 'fleet'>,
  record: AccountRecord,
): Promise<void> {
  await book.put(record);
  fleet.addAccount(record, fleet.account(record.id)?.user ?? null);
}
