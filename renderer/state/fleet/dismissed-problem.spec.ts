import { expect, it } from 'vitest';
import type { Problem } from '../../../bridge/errors.js';
import { verbatim } from '../../../messages/messages.js';
import { DismissedProblem } from './dismissed-problem.svelte.js';

const unsure = (message: string): Problem => ({
  code: 'node-unreachable',
  message: verbatim(message),
  next: verbatim('Check the state.'),
  maybeDone: true,
});
const pending = (doubt?: 'lost') => ({
  signal: 'restart' as const,
  since: 1,
  ...(doubt === undefined ? {} : { doubt }),
});

it('a dismissed problem stays away when main sends the same problem again', () => {
  const dismissed = new DismissedProblem();
  dismissed.dismiss(unsure('No answer.'));
  dismissed.follow({ problem: unsure('No answer.'), pending: pending('lost') });
  expect(dismissed.shown({ problem: unsure('No answer.') })).toBeNull();
  expect(dismissed.shown({ problem: unsure('Another.') })).toEqual(unsure('Another.'));
});

it('the same problem is shown again after it was gone, and after a new signal', () => {
  const dismissed = new DismissedProblem();
  dismissed.dismiss(unsure('No answer.'));
  dismissed.follow({ problem: null, pending: null });
  expect(dismissed.shown({ problem: unsure('No answer.') })).not.toBeNull();
  dismissed.dismiss(unsure('No answer.'));
  dismissed.follow({ problem: unsure('No answer.'), pending: pending() });
  expect(dismissed.shown({ problem: unsure('No answer.') })).not.toBeNull();
});
