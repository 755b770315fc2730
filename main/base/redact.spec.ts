import { describe, expect, it } from 'vitest';
import { fastest } from '../../tests/support/fastest.js';
import { redactFields, redactText } from './redact.js';

describe('redactText', () => {
  it.each([
    ['ptlc_aBcDeFgH1234567890', 'ptlc'],
    ['ptla_aBcDeFgH1234567890', 'ptla'],
    ['pacc_aBcDeFgH1234567890', 'pacc'],
    ['plcn_aBcDeFgH1234567890', 'plcn'],
    ['papp_aBcDeFgH1234567890', 'papp'],
    ['peli_aBcDeFgH1234567890', 'peli'],
    ['eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl', 'a token'],
    ['eyJhbGciOiJIUzI1NiJ9', 'the beginning of a token'],
    ['eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0', 'a token that was cut off'],
    ['eyJh.eyJzdWIiOiIxIn0.c2lnbmF0dXJl', 'a token with a short head'],
    ['Authorization: Bearer abc.DEF-123', 'a header'],
    ['Bearer {abc.DEF-123}', 'a header with what no key has'],
    ['basic b2xpdmU6aHVudGVyMg==', 'a name and a password'],
    ['{"token":"abcdef123"}', 'JSON'],
    ['https://olive:hunter2@panel.example.com/', 'an address'],
    ['key=hunter2 and so on', 'a pair'],
    ['{"current_password":"hunter2, abcdef123\\"DEF-123}"}', 'a password with blanks and a quotation mark'],
    ['{"password_confirmation": "abcdef123 hunter2"}', 'the repetition of a password'],
    ['{"meta":{"secret_token":"abcdef123"}}', 'the half of a new key'],
    ['{"body":"{\\"password\\":\\"abcdef123 hunter2\\"}"}', 'JSON in JSON'],
    ['{"password":{"attributes":{"password":"abcdef123 hunter2"}}}', 'the password of a database'],
    ["{ accessToken: 'abcdef123 hunter2' }", 'an object as Node prints it'],
    ["CREATE USER `u1`@`%` IDENTIFIED BY 'hunter2'", 'a statement'],
    ['mysql://olive:hunter2@abcdef123@db.example.com/s1', 'an address with two at signs'],
  ])('removes %s (%s)', (text) => {
    const result = redactText(`before ${text} after`);
    expect(result).toContain('[removed]');
    expect(result).toMatch(/^before .*after$/);
    expect(result).not.toMatch(/aBcDeFgH|eyJzdWIi|c2lnbm|DEF-123|abcdef123|hunter2|b2xpdm/);
  });

  it('removes a value whose end is cut off', () => {
    expect(redactText('an answer {"password":"abcdef123 hunter2')).toBe('an answer {"password":[removed]');
  });

  it.each([
    ['', 'a'],
    ['', 'key'],
    ['', 'password'],
    ['', '"'],
    ['', '\\\\'],
    ['', 'a-'],
    ['', 'password="'],
    ['password:\\"', '\\\\'],
    ["password:'", '\\\\'],
  ])('takes time in proportion to its length: %s%s', (start, part) => {
    const time = (length: number): number => {
      const text = start + part.repeat(Math.ceil(length / part.length));
      return fastest(() => redactText(text));
    };
    expect(time(200_000)).toBeLessThan(1000);
  });

  it.each([
    'Survival went from starting to running',
    'https://panel.example.com/server/1a2b3c4d',
    'the key of the house',
    'The password must be at least 8 characters.',
    'keys=3 monkey=x keyboard: us',
  ])('leaves %j alone', (text) => {
    expect(redactText(text)).toBe(text);
  });
});

describe('redactFields', () => {
  it('never writes fields that are named like secrets', () => {
    expect(
      redactFields({ apiKey: 'plain', token: 'plain', authorization: 'plain', server: 'plain', ms: 3 }),
    ).toEqual({
      apiKey: '[removed]',
      token: '[removed]',
      authorization: '[removed]',
      server: 'plain',
      ms: 3,
    });
  });
});
