import { say } from '../../../messages/messages.js';
import type { RealServer } from './real-panel.js';

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
const others = ['events.slow-start', 'alerts.back'] as const;

/** Servers and title id of a notification; no servers if the judge ignores it. */
export interface Told {
  readonly says: string;
  readonly servers: readonly RealServer[];
}

/** null = not a known notification of Perch. */
export function toldBy(
  { summary, body }: { readonly summary: string; readonly body: string },
  servers: readonly RealServer[],
): Told | null {
  for (const says of ends) {
    const server = servers.find(({ names }) => names.some((name) => say(says, { server: name }) === summary));
    if (server !== undefined) return { says, servers: [server] };
  }
  const isOther = servers.some(({ names }) =>
    names.some((server) => others.some((id) => say(id, { server }) === summary)),
  );
  if (isOther || isOfNode(summary, servers) || isOfPanel(summary)) return { says: 'other', servers: [] };
  const named = servers.filter(({ names }) => names.some((name) => isNamedIn(body, name)));
  const isMany = named.some(
    ({ node }) => say('alerts.many', { count: countIn(summary), node }) === summary && countIn(summary) > 1,
  );
  return isMany ? { says: 'alerts.many', servers: named } : null;
}

/** Whether the text has the whole name: neither "no. 12" nor a cut "no. 1…" names "no. 1". */
function isNamedIn(text: string, name: string): boolean {
  return text
    .split(name)
    .slice(1)
    .some((rest) => !/^[\d…]/.test(rest));
}

function countIn(summary: string): number {
  return Number.parseInt(summary, 10);
}

function isOfNode(summary: string, servers: readonly RealServer[]): boolean {
  return servers.some(({ node }) =>
    (['events.node-unreachable', 'alerts.node-back'] as const).some((id) => say(id, { node }) === summary),
  );
}

function isOfPanel(summary: string): boolean {
  const panel = /127\.0\.0\.1:\d+/.exec(summary)?.[0];
  if (panel === undefined) return false;
  const ids = [
    'events.panel-unreachable',
    'events.key-refused',
    'events.certificate',
    'alerts.panel-back',
  ] as const;
  return ids.some((id) => say(id, { panel }) === summary);
}
