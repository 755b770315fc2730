import { describe, expect, it } from 'vitest';
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
  ])('removes %s (%s)', (text) => {
    const result = redactText(`before ${text} after`);
    expect(result).toContain('[removed]');
    expect(result).toMatch(/^before .*after$/);
    expect(result).not.toMatch(/aBcDeFgH|eyJzdWIi|c2lnbm|DEF-123|abcdef123|hunter2|b2xpdm/);
  });

  it.each([
    'Survival went from starting to running',
    'https://panel.example.com/server/1a2b3c4d',
    'the key of the house',
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
