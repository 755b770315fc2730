import { expect, it, vi } from 'vitest';
import { consentCalls } from './calls.js';

it('answers of the user reach the consent', () => {
  const consent = { answer: vi.fn(), withdraw: vi.fn() };
  const calls = consentCalls(consent);
  calls['consent.answer']({ id: '1', answer: 'hour' });
  calls['consent.withdraw']({ id: '2' });
  expect(consent.answer).toHaveBeenCalledExactlyOnceWith('1', 'hour');
  expect(consent.withdraw).toHaveBeenCalledExactlyOnceWith('2');
});
