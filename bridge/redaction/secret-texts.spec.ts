import { describe, expect, it } from 'vitest';
import { isOrdinary, secretsIn, unquoted, withoutSecretTexts } from './secret-texts.js';

const long = 'abcdefghij0123456789';

describe('withoutSecretTexts', () => {
  it.each([
    ['rcon.password=hunter22', 'rcon.password=***'],
    ['token = hunter22', 'token = ***'],
    ['token=1a key=a0', 'token=*** key=***'],
    ['"apiKey": "hunter 22", "map": "x"', '"apiKey": "***", "map": "x"'],
    ['"token":"a\\"b"', '"token":"***"'],
    ["'secret' : 'a b'", "'secret' : '***'"],
    ['{\\"token\\":\\"a b\\"}', '{\\"token\\":\\"***\\"}'],
    ['GET /?a=1&token=hunter22&b=2', 'GET /?a=1&token=***&b=2'],
    ['run --token hunter22 --map x', 'run --token *** --map x'],
    ['run "+sv_password  hunter22"', 'run "+sv_password  ***"'],
    ['run --token "a b" c', 'run --token "***" c'],
    ["-pw='a b'", "-pw='***'"],
    ['password="not closed', 'password=***'],
    ['mysql://perch:hun:t@r@db:1/x', 'mysql://perch:***@db:1/x'],
    ['HTTPS://hunter22@git.example', 'HTTPS://***@git.example'],
    ['https://chat.example/api/webhooks/12/a-b_c?x', 'https://chat.example/api/webhooks/12/***?x'],
    ['with bearer hunter22', 'with bearer ***'],
    ['Authorization: Basic hunter22', 'Authorization: Basic ***'],
    ...['ptlc_', 'ptla_', 'pacc_', 'papp_', 'peli_', 'ghp_', 'github_pat_', 'xoxb-', 'eyJ'].map((prefix) => [
      `key ${prefix}${long}.`,
      'key ***',
    ]),
  ])('hides the secret in %s', (text, told) => {
    expect(withoutSecretTexts(text)).toBe(told);
  });

  it.each([
    'online-mode=true map=island author=anna key=off auth=1 token=0',
    '--no-auth --port 25565',
    'run key hunter22, the token is new, password: wrong',
    '--token={{TOKEN}} --key=$KEY --pw=${PW_2} -pin=[hidden] pass=***',
    'https://maps.example:8080/a, ssh://git@git.example, a@b',
    `forbearer hunter22 ${'x'.repeat(20)}ghp_${long} ghp_short`,
    '/webhooks/list/all',
    'a-token-x hunter22',
  ])('keeps %s', (text) => {
    expect(withoutSecretTexts(text)).toBe(text);
  });

  it('comes to an end with a long line that almost matches', () => {
    const lines = ['://:', 'a=\\"', '+', '--token ', `token='`, `"token":"\\`].map((part) =>
      part.repeat(4000),
    );
    for (const line of lines) expect(withoutSecretTexts(`${line} end`)).toMatch(/(?:end|\*{3})$/);
  });
});

describe('a secret in a text', () => {
  it('is found without its quotation marks', () => {
    expect(secretsIn('--token "a b" -pw=\'c\' {\\"key\\":\\"d\\"} password=true')).toEqual(['c', 'd', 'a b']);
  });

  it('loses only quotation marks that stand around it', () => {
    expect(['"a"', "'a\nb'", '\\"a\\"', `"a'`, 'x"a"', '"a"x', 'a'].map(unquoted)).toEqual([
      'a',
      'a\nb',
      'a',
      `"a'`,
      'x"a"',
      '"a"x',
      'a',
    ]);
  });

  it('is not an ordinary value', () => {
    expect(['', 'TRUE', 'no'].map(isOrdinary)).toEqual([true, true, true]);
    expect(['untrue', 'nothing', '1', '$A', '***'].filter(isOrdinary)).toEqual([]);
  });

  it('is not a placeholder, but may contain one', () => {
    const kept = ['{{A}}', '$A', '${A_1}', '[hidden]', '***'].map((one) => `token=${one}`);
    const secret = ['x{{A}}', '{{A}}x', 'x$A', '$A-x', '$a', '$1', 'x[hidden]', '****'];
    expect(kept.flatMap(secretsIn)).toEqual([]);
    expect(secret.flatMap((one) => secretsIn(`token=${one}`))).toEqual(secret);
  });
});
