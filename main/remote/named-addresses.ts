import { newFailure, RemoteError } from '../../bridge/remote/remote-error.js';
import { oneLine } from '../../bridge/console/plain-line.js';
import type { NetworkAllocation } from '../../bridge/schema/network.js';
import { hostAndPort } from '../../bridge/text/host-and-port.js';
import { sentence } from '../../messages/messages.js';

const mostCandidates = 10;
const longestHost = 150;

/**
 * The allocation that `word` means: its address with the port, or its port alone. Throws `no-server` for none and for
 * several.
 */
export function addressNamed(word: string, all: readonly NetworkAllocation[]): NetworkAllocation {
  const lower = word.trim().toLowerCase();
  const meanings: ((one: NetworkAllocation) => boolean)[] = [
    ({ ip, port }) => hostAndPort(ip, port).toLowerCase() === lower,
    ({ alias, port }) => alias !== null && hostAndPort(alias, port).toLowerCase() === lower,
    ({ port }) => String(port) === lower,
  ];
  for (const fits of meanings) {
    const found = all.filter(fits);
    const [only] = found;
    if (only !== undefined && found.length === 1) return only;
    if (found.length > 1) throw refusal('remote.ambiguous-address', word, found);
  }
  throw refusal('remote.no-address', word, all);
}

/** The address as people write it. A long alias must not cut the port off. */
export function shownAddress({ ip, alias, port }: NetworkAllocation): string {
  return hostAndPort(oneLine(alias ?? ip, longestHost), port);
}

function refusal(
  id: 'remote.ambiguous-address' | 'remote.no-address',
  name: string,
  all: readonly NetworkAllocation[],
): RemoteError {
  const failure = newFailure('no-server', sentence(id, { name }), sentence('remote.no-address-next'));
  const candidates = all
    .slice(0, mostCandidates)
    .map(({ ip, port, alias }) =>
      oneLine(`${hostAndPort(ip, port)}${alias === null ? '' : ` (${alias})`}`, 300),
    );
  return new RemoteError({ ...failure, candidates });
}
