import { newProblem, type Problem, type ProblemCode } from '../../bridge/errors.js';
import { sentence } from '../../messages/messages.js';
import type { UpdateFailureWhy } from './source.js';

const codes: Record<UpdateFailureWhy, ProblemCode> = {
  unreachable: 'offline',
  untrusted: 'tls-untrusted',
  silent: 'timeout',
  refused: 'protocol',
  missing: 'not-found',
  'not-a-feed': 'protocol',
  'broken-off': 'offline',
  checksum: 'protocol',
  signature: 'protocol',
  'no-space': 'internal',
  'not-written': 'internal',
};

export function updateProblem(why: UpdateFailureWhy): Problem {
  return newProblem(codes[why], sentence(`updates.failed-${why}`));
}

/** Problem to show if the version was ready when Perch last ended, but another version runs now. */
export function notInstalled(version: string): Problem {
  return newProblem('internal', sentence('updates.not-installed', { version }));
}
