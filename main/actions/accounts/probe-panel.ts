import type { CallOutput, HandlerInput } from '../../../bridge/schema/contract.js';
import { normalizePanelUrl } from '../../panel/url.js';
import type { ActionsDeps } from '../deps.js';

/** Software of the panel at an address, without a key. null = incomplete address, or no panel found. */
export async function lookAtPanel(
  { book, panelKind }: Pick<ActionsDeps, 'book' | 'panelKind'>,
  { url }: HandlerInput<'panel.look'>,
): Promise<CallOutput<'panel.look'>> {
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
