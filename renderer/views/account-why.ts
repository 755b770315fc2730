/** Short reasons for a panel's problem, for the sidebar beside a view with the full text. Pure. */
import type { ProblemCode } from '../../bridge/errors.js';
import { say } from '../../messages/messages.js';

const whys = {
  unauthorized: 'accounts.why-key',
  forbidden: 'accounts.why-refused',
  'rate-limited': 'fleet.panel-rests',
  'panel-unreachable': 'accounts.why-silent',
  timeout: 'accounts.why-silent',
  'panel-error': 'accounts.why-error',
  'tls-untrusted': 'accounts.why-certificate',
  'not-a-panel': 'accounts.why-no-panel',
  'keychain-unavailable': 'accounts.why-no-keychain',
  'keychain-locked': 'accounts.why-keychain-locked',
  'keychain-silent': 'accounts.why-keychain-silent',
  offline: 'accounts.why-offline',
} as const satisfies Partial<Record<ProblemCode, string>>;

const known: Partial<Record<ProblemCode, (typeof whys)[keyof typeof whys]>> = whys;

export function whyInShort(code: ProblemCode): string {
  return say(known[code] ?? 'accounts.why-other');
}
