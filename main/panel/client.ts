import { PerchError } from '../../bridge/errors.js';
import type { PanelKind } from '../../bridge/panel/panel-kind.js';
import { oneLine } from '../../bridge/console/plain-line.js';
import type { Http } from '../base/network-ports.js';
import type { Clock, Log } from '../base/ports.js';
import type { PanelApi, PanelServer } from './api.js';
import type { PanelCall } from './call.js';
import { readBackupList } from './backup-list.js';
import {
  panelCalls,
  readAccount,
  readResources,
  readStartup,
  type CallMethods,
  type ListType,
} from './calls.js';
import { EggInclude } from './egg-include.js';
import { readFileList } from './file-list.js';
import { nodeProblem } from './node-problems.js';
import { readPlayerCount, readPlayerNames } from './player-counter.js';
import { RateBudget } from './rate-budget.js';
import { readServerList } from './server-list.js';
import { removeSshKey } from './ssh-key-calls.js';
import { PanelClock } from './panel-clock.js';
import { Transport, type Authorize } from './transport.js';

export interface PanelClientDeps {
  /** In the form of `normalizePanelUrl`. */
  panelUrl: string;
  /** The user's current name for this panel; the host without such a name. */
  label?: () => string;
  http: Http;
  authorize: Authorize;
  /** Used only for messages that name a page of the panel. */
  kindOf?: () => Promise<PanelKind | null>;
  clock: Clock;
  log: Log;
}

/** Creates the client of one account on one panel, over the client API (PROTOCOL 2). */
export function createPanelClient({
  panelUrl,
  label,
  http,
  authorize,
  kindOf = () => Promise.resolve(null),
  clock,
  log,
}: PanelClientDeps): PanelApi {
  const { origin, host } = new URL(panelUrl);
  const place = (): string => oneLine(label?.() ?? '', 100) || host;
  const budget = new RateBudget(clock);
  const panelClock = new PanelClock(clock);
  let heard = (): void => undefined;
  let refused = (): void => undefined;
  /** Software of the panel, guessed from its servers. `kindOf` takes precedence. */
  let shownKind: PanelKind | null = null;
  const panelKind = async (): Promise<PanelKind | null> => (await kindOf()) ?? shownKind;
  const transport = new Transport({
    panelUrl,
    place,
    http,
    authorize,
    kindOf: panelKind,
    budget,
    panelClock,
    log,
    answered: () => heard(),
    refused: () => refused(),
  });
  const leftOut = new Map<ListType, readonly number[]>();
  const eggInclude = new EggInclude(log);
  let unread = 0;
  let strange = 0;
  return {
    ...callMethods(transport),
    origin,
    rateLimit: () => budget.limit,
    callsLeft: () => budget.left,
    clockAhead: () => panelClock.aheadMs,
    tokenLimit: () => budget.tokenLimit,
    restUntil: (freePart) => budget.restUntil(freePart),
    liftPause: () => budget.lift(),
    onAnswer: (listener) => {
      heard = listener;
    },
    onRefused: (listener) => {
      refused = listener;
    },
    account: ({ timeoutMs } = {}) => transport.ask(readAccount(), timeoutMs),
    servers: async ({ scope } = {}) => {
      const type = scope === 'admin-all' ? scope : null;
      const places = leftOut.get(type) ?? [];
      const listing = await readServerList(transport, log, { type, leftOut: places, eggInclude });
      leftOut.set(type, listing.leftOut);
      if (listing.unread > 0) log.warn('panel.unread-servers', { count: listing.unread });
      ({ unread, strange } = listing);
      shownKind = kindShownBy(listing.servers) ?? shownKind;
      return listing.servers;
    },
    unreadServers: () => unread,
    strangeServers: () => strange,
    resources: async (identifier) => {
      const call = readResources(identifier);
      const { power, isSuspended, usage } = await transport.ask(call);
      // Pterodactyl answers with an error here; Pelican answers 200 with state `missing` and zeros (PROTOCOL 8.2.6).
      if (power === null) throw new PerchError(nodeProblem(504, '', call, place()));
      return { power, isSuspended, usage: { at: clock.now(), ...usage } };
    },
    startup: async (identifier, currentImage) => {
      const { malformed, ...startup } = await transport.ask(readStartup(identifier, currentImage));
      if (malformed > 0) log.warn('panel.malformed-variables', { count: malformed });
      return startup;
    },
    backups: (identifier) => readBackupList(transport, identifier),
    files: (identifier, folder) => readFileList(transport, clock, { identifier, folder }),
    playerCount: async (identifier) => readPlayerCount(transport, identifier),
    playerNames: async (identifier) => readPlayerNames(transport, identifier),
    removeSshKey: async (fingerprint) =>
      removeSshKey((call) => transport.ask(call), await panelKind(), fingerprint),
    close: () => http.close(),
  };
}

/** Only Pelican keeps the description separate from the name (PROTOCOL 8.2.2). null without servers. */
function kindShownBy(servers: readonly PanelServer[]): PanelKind | null {
  const [first] = servers;
  if (first === undefined) return null;
  return first.naming.description === 'with-name' ? null : 'pelican';
}

type AnyCall = (...args: never[]) => PanelCall;

/** Creates the method of each call: sends the call and resolves with its answer. */
function callMethods(transport: Transport): CallMethods {
  const methods = Object.entries<AnyCall>(panelCalls).map(([name, call]) => [
    name,
    // `async`, so that an error while building the call rejects like a failed call.
    async (...args: never[]) => transport.ask(call(...args)),
  ]);
  // Each method has its call's arguments and answer; `Object.fromEntries` loses these types.
  return Object.fromEntries(methods) as CallMethods;
}
