import type { RefusedCertificate } from '../../bridge/certificate.js';
import type { Link, Server } from '../../bridge/domain.js';
import type { Problem } from '../../bridge/errors.js';

export interface RefusedNode {
  accountId: string;
  certificate: RefusedCertificate;
  problem: Problem;
  /** How many servers wait for it. */
  count: number;
}

/** Why a server is not live; null while nothing is wrong, or nothing is known. */
export function linkProblem(link: Link): Problem | null {
  return link.kind === 'reconnecting' || link.kind === 'refused' ? link.problem : null;
}

/**
 * The nodes whose certificates are refused, of each account for itself, in the order of their first server. What the
 * panel itself presents is a matter of the account.
 */
export function refusedNodes(
  servers: readonly Pick<Server, 'accountId' | 'link'>[],
  panelUrlOf: (accountId: string) => string | undefined,
): RefusedNode[] {
  const nodes = new Map<string, RefusedNode>();
  for (const { accountId, link } of servers) {
    const problem = linkProblem(link);
    const certificate = problem?.certificate;
    if (problem === null || certificate === undefined) continue;
    const panelUrl = panelUrlOf(accountId);
    if (panelUrl !== undefined && new URL(panelUrl).host === certificate.host) continue;
    const key = `${accountId} ${certificate.host}`;
    const count = (nodes.get(key)?.count ?? 0) + 1;
    nodes.set(key, { accountId, certificate, problem, count });
  }
  return [...nodes.values()];
}
