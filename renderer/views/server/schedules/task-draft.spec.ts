import { describe, expect, it } from 'vitest';
import { taskFieldsOf } from '../../../../bridge/schedules/fields.js';
import { aTask } from '../../../../tests/support/some-schedules.js';
import { draftOf, draftProblem, fieldsOfDraft, offsetProblem } from './task-draft.js';

describe('the draft of a task', () => {
  it.each([
    aTask(),
    aTask({ action: 'command', payload: '  say hi ', offsetSeconds: 900 }),
    aTask({ action: 'backup', payload: '', continuesAfterFailure: true }),
    aTask({ action: 'of-a-fork', payload: 'x' }),
  ])('sends back what the panel has: %j', (task) => {
    const draft = draftOf(task);
    expect(draftProblem(draft)).toBeNull();
    expect(fieldsOfDraft(draft)).toEqual(taskFieldsOf(task));
  });

  it('keeps the command while another action is tried', () => {
    const draft = draftOf(aTask({ action: 'command', payload: 'say hi' }));
    expect(fieldsOfDraft({ ...draft, action: 'power' }).payload).toBe('restart');
    expect(fieldsOfDraft({ ...draft, action: 'backup' }).payload).toBe('');
    expect(fieldsOfDraft({ ...draft, action: 'command' }).payload).toBe('say hi');
  });

  it('needs a command and a path, and no pattern', () => {
    const draft = draftOf(null);
    expect(draftProblem({ ...draft, action: 'command' })).toBe('Enter a command.');
    expect(draftProblem({ ...draft, action: 'delete_files' })).toBe('Enter a path.');
    expect(draftProblem({ ...draft, action: 'backup' })).toBeNull();
  });

  it.each(['', '-1', '901', '1.5', '1e2', 'x', '9999'])('refuses %j seconds', (offset) => {
    expect(offsetProblem(offset)).toBe('Enter a whole number from 0 to 900.');
  });

  it.each(['0', '900', ' 60 '])('takes %j seconds', (offset) => {
    expect(offsetProblem(offset)).toBeNull();
  });
});
