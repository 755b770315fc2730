import { Dialer } from '../../main/net/dialer.js';
import { UndiciNetwork } from '../../main/net/http.js';

/** Real network without a proxy, or with the given answer of a PAC file. */
export function aNetwork(
  resolve: (url: string) => Promise<string> = () => Promise.resolve('DIRECT'),
): UndiciNetwork {
  return new UndiciNetwork(new Dialer({ resolve, forget: () => undefined }), 'Perch/1.2.3');
}
