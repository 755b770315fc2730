import type { Problem } from '../../bridge/errors.js';
import { sentence, type Sentence } from '../../messages/messages.js';
import type { HttpFailure } from './network-ports.js';

/** Problem for a failure of the proxy on the way to `place`; null for any other failure. */
export function proxyProblem(
  { reason, proxy = '' }: HttpFailure,
  place: string | Sentence,
): Pick<Problem, 'message' | 'next' | 'section'> | null {
  const told = (message: Sentence, next: Sentence) => ({ message, next, section: 'network' as const });
  switch (reason) {
    case 'proxy-down':
      return told(sentence('proxy.down', { proxy, place }), sentence('proxy.down-next'));
    case 'proxy-login':
      return told(sentence('proxy.login', { proxy, place }), sentence('proxy.login-next'));
    case 'proxy-wrong-login':
      return told(sentence('proxy.wrong-login', { proxy, place }), sentence('proxy.wrong-login-next'));
    case 'proxy-refused':
      return told(sentence('proxy.refused', { proxy, place }), sentence('proxy.refused-next'));
    default:
      return null;
  }
}
