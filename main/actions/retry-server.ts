import { serverOf, type ActionsDeps } from './deps.js';

/** Asks the panel about one server again and opens a refused session anew. */
export async function retryServer(
  deps: Pick<ActionsDeps, 'store' | 'fleet'>,
  serverId: string,
): Promise<void> {
  await serverOf(deps, serverId).watched.retry();
}
