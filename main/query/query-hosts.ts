/** Chooses the hosts at which Perch asks a server (QUERIES "Which address"). Pure. */
import {
  isAnyAddress,
  isLoopbackHost,
  isPrivateAddress,
  isPublicHost,
} from '../../bridge/panel/host-kinds.js';
import type { Server } from '../../bridge/schema/domain.js';

/** As in a URL: IPv6 in brackets. */
const ipAddress = /^(?:\d{1,3}(?:\.\d{1,3}){3}|\[.*\])$/;

export interface QueryHost {
  readonly host: string;
  /** True if players use this address, so that silence there means trouble. */
  readonly isPublic: boolean;
  /** True if the host may be this computer, because the panel is on it. */
  readonly mayBeHere: boolean;
}

/**
 * First the address that players type, then the address of the allocation, then the node. The allocations are those
 * with the port, or the default allocation.
 *
 * The node's host counts only if the allocation's address is private to the node: on a node with several addresses, the
 * same port at another address is another server.
 */
export function hostsOf(
  { allocations, sftp }: Pick<Server, 'allocations' | 'sftp'>,
  port: number,
  panelUrl: string,
): readonly QueryHost[] {
  const side = panelSide(panelUrl);
  const withPort = allocations.filter((one) => one.port === port);
  const used = withPort.length > 0 ? withPort : allocations.slice(0, 1);
  const isHidden = used.some(({ ip }) => isAnyAddress(ip) || isPrivateAddress(ip));
  const own = used.flatMap(({ ip, alias }) => [alias ?? '', ip]);
  const node = isHidden ? (sftp?.host ?? '') : '';
  const hosts = [...new Set([...own, node])].filter((host) => mayBeAsked(host, side));
  return hosts.map((host) => ({
    host,
    isPublic: own.includes(host) && (side === 'here' || isPublicHost(host)),
    mayBeHere: side === 'here',
  }));
}

/**
 * Loopback of a panel elsewhere would be this computer, and a game of the user's own would answer instead of the server.
 * A panel on the internet has no servers in the network of this computer.
 */
function mayBeAsked(host: string, side: PanelSide): boolean {
  if (isAnyAddress(host)) return false;
  if (isLoopbackHost(host)) return side === 'here';
  return side !== 'public' || !isPrivateAddress(host);
}

type PanelSide = 'here' | 'public' | 'unknown';

/** Where the panel is. A name counts as `unknown`, because a home network has names as well. */
function panelSide(panelUrl: string): PanelSide {
  if (!URL.canParse(panelUrl)) return 'unknown';
  const { hostname } = new URL(panelUrl);
  if (isLoopbackHost(hostname)) return 'here';
  return ipAddress.test(hostname) && isPublicHost(hostname) ? 'public' : 'unknown';
}
