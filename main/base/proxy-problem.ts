import type { Problem } from '../../bridge/errors.js';
import { sentence, type Sentence } from '../../words/words.js';
import type { HttpFailure } from './ports.js';

/** What is wrong with the proxy on the way to `place`; null where no proxy is to blame. */
export function proxyProblem(
  { reason, proxy = '' }: HttpFailure,
  place: string | Sentence,
): Pick<Problem, 'message' | 'next'> | null {
  switch (reason) {
    case 'proxy-down':
      return { message: sentence('proxy.down', { proxy, place }), next: sentence('proxy.down-next') };
    case 'proxy-login':
      return { message: sentence('proxy.login', { proxy, place }), next: sentence('proxy.login-next') };
    case 'proxy-refused':
      return { message: sentence('proxy.refused', { proxy, place }), next: sentence('proxy.refused-next') };
    default:
      return null;
  }
}
