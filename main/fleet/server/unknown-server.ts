import type { Link, Server } from '../../../bridge/schema/domain.js';
import type { Problem } from '../../../bridge/errors.js';

/** What a node says of a server that it has not, by its socket and by the panel: nothing is wrong with the node. */
const words: ReadonlySet<string> = new Set(['node.unknown-server', 'panel.node-unknown-server']);

/**
 * Why a server can't be read, where its node does not know it. Of a panel's two answers one is the same for a node that is
 * silent (PROTOCOL 8.2.6), so the socket's word counts: the node itself has said it.
 */
export function unknownToNode(link: Link | undefined, problem: Problem): Problem | null {
  const told = link?.kind === 'reconnecting' ? link.problem : null;
  if (told !== null && words.has(told.message.id)) return told;
  return words.has(problem.message.id) ? problem : null;
}

/** Whether that is known of a server, by either of the two. */
export function isUnknownToNode({ link, problem }: Pick<Server, 'link' | 'problem'>): boolean {
  const told = link.kind === 'reconnecting' || link.kind === 'refused' ? link.problem : null;
  return [told, problem].some((each) => each !== null && words.has(each.message.id));
}
