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

/**
 * Asked about slowly: a wrong key asked for too often may be banned by the panel's host, and a keychain may ask the
 * person each time. The rest of what looks final, such as a certificate, costs nobody anything.
 */
const final: ReadonlySet<ProblemCode> = new Set<ProblemCode>(['unauthorized', ...ofKeychain]);

/** Every call of the account would end like this one: none is worth sending before the list has come through. */
const forEveryCall: ReadonlySet<ProblemCode> = new Set<ProblemCode>([...final, 'tls-untrusted']);

/** Over as soon as the keychain opens. */
export function isOfKeychain(problem: Problem): boolean {
  return ofKeychain.has(problem.code);
}

export function isPanelWide(problem: Problem): boolean {
  return panelWide.has(problem.code) && problem.ofServer !== true;
}

export function looksFinal(code: ProblemCode): boolean {
  return final.has(code);
}

export function stopsEveryCall(code: ProblemCode): boolean {
  return forEveryCall.has(code);
}
