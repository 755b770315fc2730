import type { RefusedCertificate } from '../../../bridge/schema/certificate.js';
import type { Link, Server } from '../../../bridge/schema/domain.js';
import type { Problem } from '../../../bridge/errors.js';

export interface RefusedNode {
  accountId: string;
  certificate: RefusedCertificate;
  problem: Problem;
  /** Number of servers that wait for the user's decision. */
  count: number;
}

/** Why a server has no live session; null without a problem, or if the reason is unknown. */
function linkProblem(link: Link): Problem | null {
  return link.kind === 'reconnecting' || link.kind === 'refused' ? link.problem : null;
}

/**
 * Nodes with a refused certificate, once per panel, in the order of their first server.
 * An agreement counts for all accounts of the panel, and a server seen by several accounts counts once. The panel's
 * own certificate belongs to the account and is left out.
 */
export function refusedNodes(
  servers: readonly Pick<Server, 'accountId' | 'uuid' | 'link'>[],
  panelUrlOf: (accountId: string) => string | undefined,
): RefusedNode[] {
  const nodes = new Map<string, RefusedNode & { readonly uuids: Set<string> }>();
  for (const { accountId, uuid, link } of servers) {
    const problem = linkProblem(link);
    const certificate = problem?.certificate;
    if (problem === null || certificate === undefined) continue;
    const panelUrl = panelUrlOf(accountId);
    if (panelUrl !== undefined && new URL(panelUrl).host === certificate.host) continue;
    const key = `${panelUrl ?? accountId} ${certificate.host}`;
    const node = nodes.get(key) ?? { accountId, certificate, problem, count: 0, uuids: new Set() };
    node.uuids.add(uuid);
    nodes.set(key, { ...node, certificate, problem, count: node.uuids.size });
  }
  return [...nodes.values()].map(({ uuids: _uuids, ...node }) => node);
}
