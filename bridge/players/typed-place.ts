/** Whether an answer at a place shows that players can get in. */
import { isPublicHost } from '../panel/host-kinds.js';
import type { Allocation } from '../schema/domain.js';

/**
 * True if players type this place: the port of the first allocation, at its name or address. False for an address of
 * this computer or of a private network, which players elsewhere may not reach.
 */
export function isTypedPlace(
  { host, port }: { readonly host: string; readonly port: number },
  [first]: readonly Allocation[],
): boolean {
  if (first === undefined || port !== first.port || !isPublicHost(host)) return false;
  return host === first.alias || host === first.ip;
}
