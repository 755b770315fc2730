import { say } from '../../../messages/messages.js';

/** Server as notifications name it. */
export interface NamedServer {
  readonly id: string;
  readonly node: string;
  /** All names of the server so far, newest last. */
  readonly names: readonly string[];
}

/** Titles about the end of one server; the judge checks that the end happened. */
const ends = [
  'events.crashed',
  'events.stays-down',
  'events.went-offline',
  'events.restarted',
  'events.stopped',
  'events.killed',
  'alerts.flapping',
] as const;
/** Titles about states that the judge can't check, because their true course is not recorded. */
const others = {
  server: [
    'events.slow-start',
    'events.restart-failed',
    'events.limit-disk',
    'alerts.limit-disk-over',
    'alerts.back',
  ],
  node: ['events.node-unreachable', 'alerts.node-back', 'alerts.many-over'],
  panel: ['events.panel-unreachable', 'events.key-refused', 'events.certificate', 'alerts.panel-back'],
} as const;

/** Servers and title id of a notification; no servers if the judge ignores it. */
export interface NotificationFacts<Server extends NamedServer> {
  readonly says: string;
  /** Servers whose whole name is in the notification. */
  readonly servers: readonly Server[];
  /** Servers of the same node that the shared alert may also mean, because its list of names is cut. */
  readonly unnamed: readonly Server[];
}

/** null = not a known notification of Perch. */
export function readNotification<Server extends NamedServer>(
  { summary, body }: { readonly summary: string; readonly body: string },
  servers: readonly Server[],
): NotificationFacts<Server> | null {
  for (const says of ends) {
    const server = servers.find(({ names }) => names.some((name) => say(says, { server: name }) === summary));
    if (server !== undefined) return { says, servers: [server], unnamed: [] };
  }
  if (isOfServer(summary, servers) || isOfNode(summary, servers) || isOfPanel(summary)) {
    return { says: 'other', servers: [], unnamed: [] };
  }
  return sharedBy(summary, body, servers);
}

function sharedBy<Server extends NamedServer>(
  summary: string,
  body: string,
  servers: readonly Server[],
): NotificationFacts<Server> | null {
  const count = Number.parseInt(summary, 10);
  const named = servers.filter(({ names }) => names.some((name) => isNamedIn(body, name)));
  const [first] = named;
  if (first === undefined || !(count > 1)) return null;
  if (say('alerts.many', { count, node: first.node }) !== summary) return null;
  const isMeant = (server: Server): boolean =>
    !named.includes(server) && server.node === first.node && panelOf(server) === panelOf(first);
  const unnamed = named.length < count ? servers.filter(isMeant) : [];
  return { says: 'alerts.many', servers: named, unnamed };
}

/** Whether the text has the whole name: neither "no. 12" nor a cut "no. 1…" names "no. 1". */
function isNamedIn(text: string, name: string): boolean {
  return text
    .split(name)
    .slice(1)
    .some((rest) => !/^[\d…]/.test(rest));
}

/** Id of the account through which Perch knows the server. */
export function panelOf({ id }: NamedServer): string {
  return id.split('/')[0] ?? '';
}

function isOfServer(summary: string, servers: readonly NamedServer[]): boolean {
  return servers.some(({ names }) =>
    names.some((server) => others.server.some((id) => say(id, { server }) === summary)),
  );
}

function isOfNode(summary: string, servers: readonly NamedServer[]): boolean {
  return servers.some(({ node }) => others.node.some((id) => say(id, { node }) === summary));
}

function isOfPanel(summary: string): boolean {
  const panel = /127\.0\.0\.1:\d+/.exec(summary)?.[0];
  return panel !== undefined && others.panel.some((id) => say(id, { panel }) === summary);
}
