import { BlockList, isIP } from 'node:net';
import { HttpFailure } from '../base/network-ports.js';

/**
 * Addresses that Perch never connects to, because no panel or node can be there.
 * Link-local addresses, cloud metadata services that hand out credentials (169.254.169.254 and similar), multicast and
 * broadcast.
 */
const closed = new BlockList();
closed.addSubnet('169.254.0.0', 16, 'ipv4');
closed.addAddress('100.100.100.200', 'ipv4');
closed.addSubnet('224.0.0.0', 4, 'ipv4');
closed.addAddress('255.255.255.255', 'ipv4');
closed.addSubnet('fe80::', 10, 'ipv6');
closed.addAddress('fd00:ec2::254', 'ipv6');
closed.addSubnet('ff00::', 8, 'ipv6');

/** Addresses that lead to this computer, `0.0.0.0` and `::` included. */
const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addSubnet('0.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');
loopback.addAddress('::', 'ipv6');

/** True for a closed address, IPv4-mapped IPv6 addresses included. False for a name. */
export function isClosedAddress(host: string): boolean {
  return isOn(closed, host);
}

/** True for an address of this computer, IPv4-mapped IPv6 addresses included. False for a name. */
export function isLoopbackAddress(host: string): boolean {
  return isOn(loopback, host);
}

function isOn(list: BlockList, host: string): boolean {
  const [address = ''] = host.split('%');
  const family = isIP(address);
  return family !== 0 && list.check(address, family === 4 ? 'ipv4' : 'ipv6');
}

export function closedAddress(): HttpFailure {
  return new HttpFailure('unreachable', 'an address where no panel is');
}
