import { Dialer } from '../../main/net/dialer.js';
import { UndiciNetwork } from '../../main/net/http.js';

/** The real network without a proxy, or with what a PAC file would answer. */
export function aNetwork(
  resolve: (url: string) => Promise<string> = () => Promise.resolve('DIRECT'),
): UndiciNetwork {
  return new UndiciNetwork(new Dialer({ proxies: { resolve, forget: () => undefined } }), 'Perch/1.2.3');
}
