/** At which hosts a server is asked (QUERIES "Which address"). Pure. */
import type { Allocation, Server } from '../../bridge/schema/domain.js';

export interface QueryHost {
  readonly host: string;
  /** True if players use this address, so that no answer there is a trouble. */
  readonly isPublic: boolean;
}

/** Addresses that mean "every address of this computer". */
const anyAddress = /^(?:0\.0\.0\.0|::|\*)?$/;
const loopback = /^(?:localhost|127(?:\.\d{1,3}){3}|::1)$/i;
/** Networks of homes, companies and containers (RFC 1918, RFC 4193). */
const privateAddress =
  /^(?:10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|f[cd][0-9a-f]{2}:)/i;

/**
 * What players type first, then the address of the allocation, then the node. The allocation is the one with the port, or
 * the default one.
 */
export function hostsOf(
  { allocations, sftp }: Pick<Server, 'allocations' | 'sftp'>,
  port: number,
): readonly QueryHost[] {
  const allocation = allocations.find((one) => one.port === port) ?? allocations[0];
  const node = sftp?.host ?? '';
  const hosts = [
    ...(allocation === undefined ? [] : addressesOf(allocation, loopback.test(node))),
    ...(node === '' ? [] : [{ host: node, isPublic: false }]),
  ];
  return hosts.filter(({ host }, index) => hosts.findIndex((other) => other.host === host) === index);
}

/**
 * Loopback of a node elsewhere would be this computer, and a game of the user's own would answer in place of the server.
 */
function addressesOf({ ip, alias }: Allocation, isNodeHere: boolean): QueryHost[] {
  const isHere = (host: string): boolean => loopback.test(host);
  return [alias ?? '', ip]
    .filter((host) => !anyAddress.test(host) && (isNodeHere || !isHere(host)))
    .map((host) => ({ host, isPublic: isNodeHere || !privateAddress.test(host) }));
}
