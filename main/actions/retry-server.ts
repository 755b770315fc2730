import { serverOf, type ActionsParts } from './parts.js';

/** Asks the panel about one server again and opens a refused session anew. */
export async function retryServer(
  parts: Pick<ActionsParts, 'store' | 'fleet'>,
  serverId: string,
): Promise<void> {
  await serverOf(parts, serverId).watched.retry();
}
