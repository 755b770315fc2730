import type { Link, Server } from '../../../bridge/schema/domain.js';
import type { Problem } from '../../../bridge/errors.js';

/**
 * Ids of the messages for a server that its node does not have, from the socket and from the panel. The node itself
 * works.
 */
const words: ReadonlySet<string> = new Set(['node.unknown-server', 'panel.node-unknown-server']);

/**
 * The problem of a server that its node does not know; null for any other problem.
 * The socket's answer takes precedence: one of the panel's two answers is the same for a silent node (PROTOCOL 8.2.6).
 */
export function unknownToNode(link: Link | undefined, problem: Problem): Problem | null {
  const told = link?.kind === 'reconnecting' ? link.problem : null;
  if (told !== null && words.has(told.message.id)) return told;
  return words.has(problem.message.id) ? problem : null;
}

/** True if the socket or the panel says that the node does not know the server. */
export function isUnknownToNode({ link, problem }: Pick<Server, 'link' | 'problem'>): boolean {
  const told = link.kind === 'reconnecting' || link.kind === 'refused' ? link.problem : null;
  return [told, problem].some((each) => each !== null && words.has(each.message.id));
}
