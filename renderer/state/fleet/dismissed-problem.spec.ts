import { expect, it } from 'vitest';
import type { Problem } from '../../../bridge/errors.js';
import { verbatim } from '../../../messages/messages.js';
import { DismissedProblem } from './dismissed-problem.svelte.js';

/** A new object for each call, as problems arrive from main. */
const unsure = (message = 'No answer.'): Problem => ({
  code: 'node-unreachable',
  message: verbatim(message),
  next: verbatim('Check the state.'),
  maybeDone: true,
});

function dismissedOne(): DismissedProblem {
  const dismissed = new DismissedProblem();
  dismissed.follow({ problem: unsure() }, 1);
  dismissed.dismiss(unsure());
  return dismissed;
}

it('a dismissed problem stays away when main sends the same problem again', () => {
  const dismissed = dismissedOne();
  dismissed.follow({ problem: unsure() }, 1);
  expect(dismissed.shown({ problem: unsure() })).toBeNull();
  expect(dismissed.shown({ problem: unsure('Another.') })).toEqual(unsure('Another.'));
});

it('the same problem is shown again once it was gone', () => {
  const dismissed = dismissedOne();
  dismissed.follow({ problem: null }, 1);
  expect(dismissed.shown({ problem: unsure() })).toEqual(unsure());
});

it('the same problem is shown again if the next signal from this window meets it', () => {
  const dismissed = dismissedOne();
  dismissed.follow({ problem: unsure() }, 2);
  expect(dismissed.shown({ problem: unsure() })).toEqual(unsure());
});
