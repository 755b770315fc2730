import type { Problem, ProblemCode } from '../../../bridge/errors.js';

/** Problems of the whole panel or key. Perch shows such a problem once on the account, not on each server. */
const panelWide: ReadonlySet<ProblemCode> = new Set<ProblemCode>([
  'unauthorized',
  'panel-unreachable',
  'tls-untrusted',
  'not-a-panel',
  'rate-limited',
  'keychain-unavailable',
  'keychain-locked',
  'keychain-silent',
  'offline',
]);

const ofKeychain: ReadonlySet<ProblemCode> = new Set<ProblemCode>([
  'keychain-unavailable',
  'keychain-locked',
  'keychain-silent',
]);

/**
 * Problems with slow retries: hosts may ban clients that send a wrong key too often, and a keychain may prompt the user
 * each time.
 */
const final: ReadonlySet<ProblemCode> = new Set<ProblemCode>(['unauthorized', ...ofKeychain]);

/** Problems that every call of the account would have. No other call goes out until the list succeeds. */
const forEveryCall: ReadonlySet<ProblemCode> = new Set<ProblemCode>([...final, 'tls-untrusted']);

/** True for problems that end when the keychain opens. */
export function isOfKeychain(problem: Problem): boolean {
  return ofKeychain.has(problem.code);
}

export function isPanelWide(problem: Problem): boolean {
  return panelWide.has(problem.code) && problem.ofServer !== true;
}

/** As `isPanelWide`, for a problem on any host: a certificate of another host does not concern the panel. */
export function isOfPanel(problem: Problem, panelUrl: string): boolean {
  const host = problem.certificate?.host;
  return isPanelWide(problem) && (host === undefined || host === new URL(panelUrl).host);
}

export function looksFinal(code: ProblemCode): boolean {
  return final.has(code);
}

export function stopsEveryCall(code: ProblemCode): boolean {
  return forEveryCall.has(code);
}
