import { expect, it } from 'vitest';
import { everything } from '../../tests/support/taken-page.js';
import { bulkQuestion } from './always-asked.js';

it('asks before a message goes to the players of more than twenty servers', () => {
  const message = { action: 'message', waitsForEach: false, text: 'Go to\nx.example' } as const;
  expect(bulkQuestion({ ...message, serverIds: everything.slice(0, 20) })).toBeNull();
  expect(bulkQuestion({ ...message, serverIds: everything })).toEqual({
    message: 'Send a message to the players of 400 servers?',
    detail: 'Go to x.example',
    confirm: 'Send',
  });
});
