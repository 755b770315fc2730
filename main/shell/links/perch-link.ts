/** Links such as `perch://server/panel.example.com/1a2b3c4d/console`: parsing, and lookup of their view. Pure. */
import type { FleetState } from '../../../bridge/fleet/changes.js';
import { serverTabs, type ServerTab } from '../../../bridge/fleet/server-tabs.js';
import type { View } from '../../../bridge/schema/view.js';
import type { Account, Server } from '../../../bridge/schema/domain.js';

export interface PerchLink {
  /** Host of the panel, with a non-standard port. */
  readonly host: string;
  /** The server's short identifier or its uuid. */
  readonly server: string;
  readonly tab: ServerTab;
}

export type LinkPlace =
  | { readonly kind: 'found'; readonly view: View }
  /** `isLoading`: the panel's server list is still loading. */
  | { readonly kind: 'no-server'; readonly isLoading: boolean }
  | { readonly kind: 'no-panel' };

export const linkScheme = 'perch';

/** Longest link, in characters. */
const mostLetters = 400;

const host = String.raw`(?:[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?|\[[0-9a-f:.]{2,45}\])(?::[0-9]{1,5})?`;
const pattern = new RegExp(
  `^${linkScheme}://server/(${host})/([a-z0-9-]{1,64})(?:/(${serverTabs.join('|')}))?/?$`,
  'i',
);

/** Parses a link. null for anything but a link in exactly this form: no login, no query, no escapes. */
export function readLink(text: string): PerchLink | null {
  if (text.length > mostLetters) return null;
  const [, panel, server, tab] = pattern.exec(text) ?? [];
  if (panel === undefined || server === undefined) return null;
  const known = hostOf(`https://${panel}`);
  if (known === null) return null;
  const named = serverTabs.find((each) => each === tab?.toLowerCase());
  return { host: known, server: server.toLowerCase(), tab: named ?? 'console' };
}

/**
 * The view of a link, from the current state. If a panel has several accounts, the first account with the server
 * counts.
 */
export function linkPlaceOf(link: PerchLink, { accounts, servers }: FleetState): LinkPlace {
  const there = [...accounts.values()].filter(({ panelUrl }) => isAt(panelUrl, link.host));
  if (there.length === 0) return { kind: 'no-panel' };
  for (const { id } of there) {
    const found = [...servers.values()].find((server) => server.accountId === id && isCalled(server, link));
    if (found !== undefined)
      return { kind: 'found', view: { kind: 'server', serverId: found.id, tab: link.tab } };
  }
  return { kind: 'no-server', isLoading: there.some((account) => isLoading(account)) };
}

function isCalled({ identifier, uuid }: Server, { server }: PerchLink): boolean {
  return identifier.toLowerCase() === server || uuid.toLowerCase() === server;
}

function isLoading({ state }: Account): boolean {
  return state.kind === 'loading';
}

/** Compares hosts. A link has no scheme, so the standard port of http or https may be missing on either side. */
function isAt(panelUrl: string, host: string): boolean {
  return hostOf(panelUrl) === host || hostOf(`http://${host}`) === hostOf(panelUrl);
}

function hostOf(url: string): string | null {
  return URL.canParse(url) ? new URL(url).host : null;
}
