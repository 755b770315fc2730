/** Links as `perch://server/panel.example.com/1a2b3c4d/console`: what they say, and which place that is. Pure. */
import type { FleetState } from '../../../bridge/fleet/changes.js';
import type { View } from '../../../bridge/schema/view.js';
import type { Account, Server } from '../../../bridge/schema/domain.js';

type Tab = NonNullable<Extract<View, { kind: 'server' }>['tab']>;

export interface PerchLink {
  /** Of the panel, with the port where that is not the usual one. */
  readonly host: string;
  /** The server's short identifier, or its whole one. */
  readonly server: string;
  readonly tab: Tab;
}

export type LinkPlace =
  | { readonly kind: 'found'; readonly view: View }
  /** `isLoading`: its panel has not said yet which servers it has. */
  | { readonly kind: 'no-server'; readonly isLoading: boolean }
  | { readonly kind: 'no-panel' };

export const linkScheme = 'perch';

/** Whoever writes a link longer than this wants something else. */
const mostLetters = 400;

const host = String.raw`(?:[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?|\[[0-9a-f:.]{2,45}\])(?::[0-9]{1,5})?`;
const pattern = new RegExp(
  `^${linkScheme}://server/(${host})/([a-z0-9-]{1,64})(?:/(console|startup|settings|events))?/?$`,
  'i',
);

/** Null where it is no link of Perch to the letter: no login, no query, nothing escaped. */
export function readLink(text: string): PerchLink | null {
  if (text.length > mostLetters) return null;
  const [, panel, server, tab] = pattern.exec(text) ?? [];
  if (panel === undefined || server === undefined) return null;
  const known = hostOf(`https://${panel}`);
  if (known === null) return null;
  return {
    host: known,
    server: server.toLowerCase(),
    tab: tabs[(tab ?? 'console').toLowerCase()] ?? 'console',
  };
}

const tabs: Readonly<Record<string, Tab>> = {
  console: 'console',
  startup: 'startup',
  settings: 'settings',
  events: 'events',
};

/** Where a link leads, by what is known now. Of several accounts on one panel the first with that server counts. */
export function placeOf(link: PerchLink, { accounts, servers }: FleetState): LinkPlace {
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

/** Nobody writes the scheme of the panel into a link, so its usual port is left out by either. */
function isAt(panelUrl: string, host: string): boolean {
  return hostOf(panelUrl) === host || hostOf(`http://${host}`) === hostOf(panelUrl);
}

function hostOf(url: string): string | null {
  return URL.canParse(url) ? new URL(url).host : null;
}
