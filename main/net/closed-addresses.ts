import { BlockList, isIP } from 'node:net';
import { HttpFailure } from '../base/ports.js';

/**
 * Where no panel and no node is: addresses that hold on one wire only, where clouds answer with the credentials of the
 * computer that asks (169.254.169.254 and its like), and those that mean nobody or many.
 */
const closed = new BlockList();
closed.addSubnet('169.254.0.0', 16, 'ipv4');
closed.addAddress('100.100.100.200', 'ipv4');
closed.addSubnet('224.0.0.0', 4, 'ipv4');
closed.addAddress('255.255.255.255', 'ipv4');
closed.addSubnet('fe80::', 10, 'ipv6');
closed.addAddress('fd00:ec2::254', 'ipv6');
closed.addSubnet('ff00::', 8, 'ipv6');

/** True for such an address, also where it is an IPv4 one in the form of an IPv6; false for a name. */
export function isClosedAddress(host: string): boolean {
  const [address = ''] = host.split('%');
  const family = isIP(address);
  if (family === 0) return false;
  if (family === 4) return closed.check(address, 'ipv4');
  return closed.check(address, 'ipv6');
}

export function closedAddress(): HttpFailure {
  return new HttpFailure('unreachable', 'an address where no panel is');
}
