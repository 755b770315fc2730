import { afterEach, describe, expect, it } from 'vitest';
import { speak, writtenLanguages } from '../../../../messages/messages.js';
import { cronWords } from './cron-words.js';

const weekly = { minute: '30', hour: '4', dayOfMonth: '*', month: '*', dayOfWeek: '1' };

afterEach(() => speak(() => 'en'));

describe('cronWords', () => {
  it('says cron in each language, with 24 hours', () => {
    const all = writtenLanguages.map((language) => {
      speak(() => language);
      return cronWords(weekly);
    });
    expect(new Set(all).size).toBe(writtenLanguages.length);
    expect(all.every((words) => words?.includes('04:30') === true)).toBe(true);
  });

  it('says days that are narrowed twice', () => {
    expect(cronWords({ ...weekly, dayOfMonth: '13' })).toBe(
      'At 04:30, on day 13 of the month, and on Monday',
    );
  });

  it.each(['', 'x', '99', '<b>', '*; rm'])('has no words for the minute %j', (minute) => {
    expect(cronWords({ ...weekly, minute })).toBeNull();
  });
});
