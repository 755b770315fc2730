import { describe, expect, it } from 'vitest';
import * as formats from './formats.js';

type Format = (value: string, parameters: readonly string[]) => formats.CheckOutcome | boolean;

/** One row per format: accepted values, and values that only look valid. */
describe('formats that are sure', () => {
  it.each<[name: string, format: Format, taken: string[], refused: string[]]>([
    [
      'ipv4',
      formats.isIpv4,
      ['0.0.0.0', '255.255.255.255', '10.20.199.249'],
      ['1.2.3', '1.2.3.4.5', '1.2.3.256'],
    ],
    [
      'ipv6',
      formats.isIpv6,
      [
        '::',
        '::1',
        '1::',
        '1:2:3:4:5:6:7:8',
        '1:2:3:4:5:6:7::',
        'ABCD::ef01',
        '::ffff:1.2.3.4',
        '1:2:3:4:5:6:1.2.3.4',
      ],
      [
        '',
        '1:2:3:4:5:6:7',
        '1:2:3:4:5:6:7:8:9',
        '1::2::3',
        '1:2:3:4::5:6:7:8',
        '12345::1',
        '::12345',
        '::g',
        'g::1',
        '1.2.3.4',
        '::1.2.3.256',
        '::1.2.3.4:',
        '1:2:3:4:5:6:7:1.2.3.4',
        `${'0:'.repeat(30)}:1`,
      ],
    ],
    [
      'uuid',
      (value) => formats.isUuid(value),
      ['123e4567-e89b-12d3-a456-426614174000', '123E4567-E89B-12D3-A456-426614174000'],
      [
        'x123e4567-e89b-12d3-a456-426614174000',
        '123e4567-e89b-12d3-a456-4266141740001',
        '123e4567-e89b-12d3-426614174000',
        '123g4567-e89b-12d3-a456-426614174000',
      ],
    ],
    [
      'ulid',
      (value) => formats.isUlid(value),
      ['01ARZ3NDEKTSV4RRFFQ69G5FAV', '7zzzzzzzzzzzzzzzzzzzzzzzzz'],
      [
        '81ARZ3NDEKTSV4RRFFQ69G5FAV',
        'A1ARZ3NDEKTSV4RRFFQ69G5FAV',
        '01ARZ3NDEKTSV4RRFFQ69G5FAU',
        '01ARZ3NDEKTSV4RRFFQ69G5FA',
        '01ARZ3NDEKTSV4RRFFQ69G5FAVV',
        'x01ARZ3NDEKTSV4RRFFQ69G5FAV',
      ],
    ],
    [
      'hex_color',
      formats.isHexColor,
      ['#fff', '#FFF8', '#ff8800', '#ff8800cc'],
      ['fff', 'x#fff', '#f', '#ff', '#ff880', '#ff8800c', '#ff8800ccd', '#ggg', '#gggggg', '#gggggggg'],
    ],
    [
      'mac_address',
      formats.isMacAddress,
      ['00:1a:2B:3c:4d:5e', '00-1a-2B-3c-4d-5e', '001a.2B3c.4d5e'],
      [
        '00:1a:2b:3c:4d',
        '00-1a-2b-3c-4d',
        '001a.2b3c',
        '00:1a:2b-3c:4d:5e',
        'x00:1a:2b:3c:4d:5e',
        '00-1a-2b-3c-4d-5ee',
        '001a.2b3c.4d5ee',
        'gg:1a:2b:3c:4d:5e',
        '00-1a-2b-3c-4d-gg',
        '001a.2b3c.4d5g',
      ],
    ],
  ])('%s', (_, format, taken, refused) => {
    expect(taken.filter((value) => !format(value, []))).toEqual([]);
    expect(refused.filter((value) => format(value, []))).toEqual([]);
  });

  it.each<[name: string, format: Format, taken: string[], refused: string[], onlyWithout: string[]]>([
    ['alpha', formats.isAlpha, ['abcZ'], ['a1', '1a', 'a-b', 'a b', ''], ['é', 'Ж', 'e\u0301']],
    ['alpha_num', formats.isAlphaNum, ['abcZ09'], ['a-1', '-a', 'a-', ''], ['é1', '１']],
    ['alpha_dash', formats.isAlphaDash, ['a-B_9'], ['a b', ' a', 'a ', '.', ''], ['é-1', '１_']],
  ])('%s, with and without ascii', (_, format, taken, refused, onlyWithout) => {
    for (const parameters of [[], ['ascii']]) {
      expect(taken.filter((value) => format(value, parameters) !== true)).toEqual([]);
      expect(refused.filter((value) => format(value, parameters) !== false)).toEqual([]);
    }
    expect(onlyWithout.map((value) => format(value, []))).toEqual(onlyWithout.map(() => true));
    expect(onlyWithout.map((value) => format(value, ['ascii']))).toEqual(onlyWithout.map(() => false));
  });
});

type Case = [value: string, outcome: formats.CheckOutcome];

describe('judgeUrl', () => {
  it.each<Case>([
    ['https://example.com', 'pass'],
    ['https://example.com/', 'pass'],
    ['https://example.com/a/b?c=/d?e#f?g/h', 'pass'],
    ['https://example.com?a=b', 'pass'],
    ['https://user%40:pass%21@example.com:25565/x', 'pass'],
    ['https://[2001:db8::1]/x', 'pass'],
    ['https://[2001:db8::1', 'fail'],
    ['https://[example]', 'fail'],
    ['https://a', 'fail'],
    ['https://a.', 'fail'],
    ['https://a.b', 'pass'],
    ['https://example-', 'fail'],
    ['https://example.com:port', 'fail'],
    ['https://example.com/a b', 'fail'],
    ['https://example.com/?a b', 'fail'],
    ['https://example.com/#a b', 'fail'],
    ['https://example.com/?%4', 'fail'],
    ['https://example.com/#%4', 'fail'],
    ['https:///path', 'fail'],
    ['see https://example.com', 'fail'],
    ['//example.com', 'fail'],
    ['1http://example.com', 'fail'],
    ['jdbc://example.com', 'fail'],
    ['git://example.com', 'pass'],
    ['svn+ssh://example.com', 'unknown'],
    [`https://example.com/${'a'.repeat(1980)}`, 'pass'],
    [`https://example.com/${'a'.repeat(1981)}`, 'unknown'],
  ])('%j: %s', (value, outcome) => {
    expect(formats.judgeUrl(value, [])).toBe(outcome);
  });

  it('leaves other schemes than the rule names to the server', () => {
    expect(formats.judgeUrl('HTTPS://example.com', ['http', 'https'])).toBe('pass');
    expect(formats.judgeUrl('foo://example.com', ['foo'])).toBe('pass');
    expect(formats.judgeUrl('ftp://example.com', ['http', 'https'])).toBe('unknown');
    expect(formats.judgeUrl('https://exa mple.com', ['https'])).toBe('fail');
  });
});

describe('judgeEmail', () => {
  it.each<Case>([
    ['first.last+tag@mail.example.com', 'pass'],
    ['A_1@b-c.de', 'pass'],
    ['nobody', 'fail'],
    ['@example.com', 'fail'],
    ['someone@', 'fail'],
    ['someone@localhost', 'unknown'],
    ['a..b@example.com', 'unknown'],
    ['someone@-example.com', 'unknown'],
    ['someone@example-.com', 'unknown'],
    ['someone@exa--mple.com', 'unknown'],
    ['someone@example.com extra', 'unknown'],
    [`${'a'.repeat(52)}@example.com`, 'pass'],
    [`${'a'.repeat(53)}@example.com`, 'unknown'],
  ])('%j: %s', (value, outcome) => {
    expect(formats.judgeEmail(value, [])).toBe(outcome);
  });

  it('leaves every check but the plain one to the server', () => {
    expect(formats.judgeEmail('someone@example.com', ['rfc'])).toBe('pass');
    expect(formats.judgeEmail('someone@example.com', ['rfc', 'dns'])).toBe('unknown');
    expect(formats.judgeEmail('someone', ['rfc', 'dns'])).toBe('fail');
  });
});

describe('judgeJson', () => {
  it.each<Case>([
    ['{"a":[1,"b",null]}', 'pass'],
    ['"text"', 'pass'],
    ['{a:1}', 'fail'],
    ['{"a":1,}', 'fail'],
    ['True', 'unknown'],
    ['[FALSE]', 'unknown'],
    ['"\\ud83d"', 'unknown'],
    ['"\\u0000"', 'unknown'],
    ['"\\u00e9"', 'pass'],
    [`${'['.repeat(99)}${']'.repeat(99)}`, 'pass'],
    [`${'['.repeat(100)}${']'.repeat(100)}`, 'unknown'],
    [`"${'a'.repeat(19_998)}"`, 'pass'],
    [`"${'a'.repeat(19_999)}"`, 'unknown'],
  ])('%#: %s', (value, outcome) => {
    expect(formats.judgeJson(value)).toBe(outcome);
  });
});

describe('judgeDate', () => {
  it.each<Case>([
    ['2024-01-01', 'pass'],
    ['2024-12-31', 'pass'],
    ['2024-02-29', 'pass'],
    ['2000-02-29', 'pass'],
    ['1900-02-29', 'fail'],
    ['2023-02-29', 'fail'],
    ['2023-02-28', 'pass'],
    ['2024-04-31', 'fail'],
    ['2024-01-32', 'fail'],
    ['2024-01-00', 'fail'],
    ['2024-00-10', 'fail'],
    ['2024-13-01', 'fail'],
    ['0000-01-01', 'fail'],
    ['0001-01-01', 'pass'],
    ['on 2024-13-01', 'unknown'],
    ['2024-13-01 10:00', 'unknown'],
    ['tomorrow', 'unknown'],
  ])('%j: %s', (value, outcome) => {
    expect(formats.judgeDate(value)).toBe(outcome);
  });
});
