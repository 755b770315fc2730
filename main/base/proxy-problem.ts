import type { Problem } from '../../bridge/errors.js';
import { sentence, type Sentence } from '../../messages/messages.js';
import type { HttpFailure } from './network-ports.js';

/** Names of the sentences. */
const names = {
  'proxy-down': 'down',
  'proxy-login': 'login',
  'proxy-wrong-login': 'wrong-login',
  'proxy-refused': 'refused',
} as const;

/** Problem for a failure of the proxy on the way to `place`; null for any other failure. */
export function proxyProblem(
  { reason, proxy = '' }: HttpFailure,
  place: string | Sentence,
): Pick<Problem, 'message' | 'next' | 'section'> | null {
  const name = Object.entries(names).find(([known]) => known === reason)?.[1];
  if (name === undefined) return null;
  const message = sentence(`proxy.${name}`, { proxy, place });
  return { message, next: sentence(`proxy.${name}-next`), section: 'network' };
}
