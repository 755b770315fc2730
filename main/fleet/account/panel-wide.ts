import type { Problem, ProblemCode } from '../../../bridge/errors.js';

/** Problems of the panel or the key as a whole: one on the account, never one per server. */
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

/** Waiting does not help: the person has to do something, and asking again would only trouble panel and keyring. */
const forThePerson: ReadonlySet<ProblemCode> = new Set<ProblemCode>([
  'unauthorized',
  'tls-untrusted',
  'keychain-unavailable',
  'keychain-locked',
]);

/** Over as soon as the keychain opens. */
export function isOfKeychain(problem: Problem): boolean {
  return ofKeychain.has(problem.code);
}

export function isPanelWide(problem: Problem): boolean {
  return panelWide.has(problem.code) && problem.ofServer !== true;
}

export function waitsForThePerson(problem: Problem): boolean {
  return forThePerson.has(problem.code);
}
