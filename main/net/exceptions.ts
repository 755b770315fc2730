/** Decides which hosts Perch reaches without a proxy. */
import { BlockList, isIP } from 'node:net';
import { bareHost } from '../../bridge/panel/bare-host.js';
import { proxyException, type ProxyException } from '../base/proxy-exceptions.js';

/** Always excepted, whatever the settings say: a remote proxy can't reach this computer's loopback. */
const loopback = ['localhost', '*.localhost', '127.0.0.0/8', '::1'];

/** Ports that `URL` leaves out because they are the scheme's default. */
const defaultPorts: Readonly<Record<string, number>> = { 'http:': 80, 'ws:': 80, 'https:': 443, 'wss:': 443 };

/** True if the host is a loopback host or matches one of `exceptions`. Entries that do not parse are ignored. */
export function isExcepted({ hostname, port, protocol }: URL, exceptions: readonly string[]): boolean {
  const host = bareHost(hostname).replace(/\.$/, '');
  const used = port === '' ? defaultPorts[protocol] : Number(port);
  return [...loopback, ...exceptions].some((entry) => {
    const exception = proxyException(entry);
    if (exception === null || (exception.port !== null && exception.port !== used)) return false;
    return isAbout(exception, host);
  });
}

function isAbout(exception: ProxyException, host: string): boolean {
  const family = isIP(host);
  switch (exception.kind) {
    case 'all':
      return true;
    case 'local':
      return family === 0 && !host.includes('.');
    case 'name': {
      const { name, reach } = exception;
      return (reach !== 'below' && host === name) || (reach !== 'itself' && host.endsWith(`.${name}`));
    }
    case 'address': {
      if (family === 0) return false;
      const list = new BlockList();
      list.addSubnet(exception.address, exception.prefix, exception.family);
      return list.check(host, family === 6 ? 'ipv6' : 'ipv4');
    }
  }
}
