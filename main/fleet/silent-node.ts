import type { Server } from '../../bridge/schema/domain.js';

/** Whether the last thing that Perch heard about the node of this server is that the node does not answer. */
export function isNodeSilent({ link, problem }: Server): boolean {
  if (problem?.code === 'node-unreachable') return true;
  const code = link.kind === 'reconnecting' ? link.problem?.code : undefined;
  return code === 'node-unreachable' || code === 'timeout';
}
