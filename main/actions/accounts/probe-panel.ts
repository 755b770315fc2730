import type { CallOutput, HandlerInput } from '../../../bridge/schema/contract.js';
import { toProblem, type Problem } from '../../../bridge/errors.js';
import { normalizePanelUrl } from '../../panel/url.js';
import { knownAccount, type ActionsDeps } from '../deps.js';

/** Software of the panel at an address, without a key. null = incomplete address, or no panel found. */
export async function probePanel(
  { book, panelKind }: Pick<ActionsDeps, 'book' | 'panelKind'>,
  { url }: HandlerInput<'panel.probe'>,
): Promise<CallOutput<'panel.probe'>> {
  const panelUrl = readable(url);
  if (panelUrl === null) return null;
  const trusted = book.all.find((record) => record.panelUrl === panelUrl)?.trusted ?? null;
  const kind = await panelKind(panelUrl, trusted);
  return kind === null ? null : { panelUrl, kind };
}

function readable(url: string): string | null {
  try {
    return normalizePanelUrl(url).panelUrl;
  } catch {
    return null;
  }
}

/** Asks the panel again. Returns the route of the connection and the problem. */
export async function tryRoute(
  { book, network, fleet }: Pick<ActionsDeps, 'book' | 'network' | 'fleet'>,
  { accountId }: HandlerInput<'accounts.tryRoute'>,
): Promise<CallOutput<'accounts.tryRoute'>> {
  const { panelUrl } = knownAccount(book, accountId);
  const problem = await fleet.retryAccount(accountId).then(
    (): Problem | null => null,
    (error: unknown) => toProblem(error),
  );
  return { ways: await network.routeTo(panelUrl), problem };
}
