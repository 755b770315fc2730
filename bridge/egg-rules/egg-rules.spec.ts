import { describe, expect, it } from 'vitest';
import { controlFor, isBrokenOnPanel, judgeValue } from './egg-rules.js';

/** "passes", "unknown", or the names of the failed rules. */
function judged(rules: string, value: string, options = {}): string {
  const verdict = judgeValue(rules, value, options);
  return verdict.kind === 'fails' ? verdict.failures.map(({ rule }) => rule).join(' ') : verdict.kind;
}

type Case = [rules: string, value: string, verdict: string];

describe('rules of real eggs', () => {
  it.each<Case>([
    ['required|string|max:20', 'production', 'passes'],
    ['required|string|max:20', 'a'.repeat(21), 'max'],
    ['required|string', '  ', 'required'],
    ['required|boolean', '1', 'passes'],
    ['required|boolean', 'true', 'boolean'],
    ['boolean', '', 'boolean'],
    ['nullable|string', '', 'passes'],
    ['string|nullable', '', 'passes'],
    ['string', '', 'string'],
    ['required|string|in:true,false', 'true', 'passes'],
    ['required|string|in:true,false', 'True', 'in'],
    ['required|string|in:true,false', '1', 'in'],
    ['required|numeric', '1e3', 'passes'],
    ['required|numeric', '.5', 'passes'],
    ['required|numeric', '0x1F', 'numeric'],
    ['required|numeric', '1,5', 'numeric'],
    ['required|integer', '-7', 'passes'],
    ['required|integer', '-0', 'passes'],
    ['required|integer', '007', 'integer'],
    ['required|integer', '1.0', 'integer'],
    ['required|string|', 'example.com', 'passes'],
    ['required|numeric|digits_between:1,3', '64', 'passes'],
    ['required|numeric|digits_between:1,3', '-1', 'digits_between'],
    ['required|numeric|digits_between:1,3', '1.5', 'digits_between'],
    ['required|numeric|digits_between:1,3', '1000', 'digits_between'],
    ['required|integer|between:1024,65536', '1024', 'passes'],
    ['required|integer|between:1024,65536', '65537', 'between'],
    ['required|integer|min:1025|max:65535', '1024', 'min'],
    ['required|numeric|max:65535', '65535.5', 'max'],
    ['required|regex:/^([\\w\\d._-]+)(\\.jar)$/', 'server-1.20.jar', 'passes'],
    ['required|regex:/^([\\w\\d._-]+)(\\.jar)$/', 'server.zip', 'regex'],
    ['required|regex:/^([\\w\\d._-]+)(\\.jar)$/|max:8', 'my server.jar', 'regex max'],
    ['nullable|regex:/^[0-9\\.\\-]+$/', '', 'passes'],
    ['nullable|regex:/^[0-9\\.\\-]+$/', 'latest', 'regex'],
    ['required|regex:/^(\\w{1,20})$/', 'a'.repeat(20), 'passes'],
    ['required|regex:/^(\\w{1,20})$/', 'a'.repeat(21), 'regex'],
    ['nullable|regex:([a-z-0-9]+$)', 'HTTP://x-9', 'passes'],
    ['nullable|regex:([a-z-0-9]+$)', 'x/', 'regex'],
    ['required|string|regex:/^(?:true)?(?:false)?\\b/', 'anything', 'passes'],
    ['required|string|regex:/^(?:true)?(?:false)?\\b/', '-1', 'regex'],
    ['required|string|between:3,15', '1.20.4', 'passes'],
    ['required|between:1,10', '64', 'passes'],
    ['required|string|min:0|max:65535', '99999', 'passes'],
    ['required|string|integer|max:16', '17', 'max'],
    ['max:30', '', 'passes'],
    ['required|integer|gt:0', '0', 'gt'],
    ['gt:0', '0.5', 'passes'],
    ['gt:0', 'many', 'gt'],
    ['required|numeric|between:0.1,64', '0.1', 'passes'],
    ['required|numeric|between:0.1,64', '0.09', 'between'],
    ['required|integer|max:76561202255233023', '76561202255233023', 'passes'],
    ['required|integer|max:76561202255233023', '76561202255233024', 'max'],
    ['required|integer|in:0,1,2,3,-1,-2,-3', '-3', 'passes'],
    ['required|numeric|between:-1,255', '-1.01', 'between'],
    ['nullable|string|in:,beta', 'beta', 'passes'],
    ['nullable|string|in:,beta', '', 'passes'],
    ['required|string|in:npm start,npm run commands', 'npm run commands', 'passes'],
    ['required|string|in:gta:iii,gta:vc', 'gta:vc', 'passes'],
    ['required|string|alpha_num|size:32', 'a1'.repeat(16), 'passes'],
    ['required|string|alpha_num|size:32', 'a1', 'size'],
    ['required|alpha_num|between:1,6', 'latest', 'passes'],
    ['alpha_dash|between:1,100', '', 'alpha_dash between'],
    ['nullable|url', 'https://example.com:8443/a?b#c', 'passes'],
    ['nullable|url', 'example.com', 'url'],
    ['nullable:string', '', 'passes'],
    ['nullable|required|string|max:64', '', 'required'],
    ['required|boolean|in:1', '0', 'in'],
    ['present', '', 'passes'],
    ['nullable|exclude_unless:OTHER,1|integer', 'x', 'unknown'],
    ['required|integer|exclude', 'x', 'integer'],
    ['required|int', '1.5', 'integer'],
    ['required|digits_between:17,18', '12345678901234567', 'passes'],
  ])('%s <- %j: %s', (rules, value, verdict) => {
    expect(judged(rules, value)).toBe(verdict);
  });
});

describe('judgeValue', () => {
  it.each<Case>([
    ['required|integer', '9223372036854775807', 'passes'],
    ['required|integer', '9223372036854775808', 'integer'],
    ['required|integer', '-9223372036854775808', 'passes'],
    ['required|numeric|max:9007199254740993', '9007199254740993.0000000001', 'max'],
    ['required|numeric|min:9007199254740993', '9007199254740992', 'min'],
    ['required|numeric|max:1e3', '1000.0', 'passes'],
    ['required|numeric|max:5', 'abcdef', 'numeric max'],
    ['required|numeric|gte:5|lte:7', '7.0', 'passes'],
    ['required|numeric|lt:5', '5', 'lt'],
  ])('compares exactly: %s <- %j: %s', (rules, value, verdict) => {
    expect(judged(rules, value)).toBe(verdict);
  });

  it.each<Case>([
    ['required|in:1,2', '01', 'passes'],
    ['required|in:1,2', '1.0', 'passes'],
    ['required|in:1,2', '+2e0', 'passes'],
    ['required|in:1e2', '100', 'passes'],
    ['required|in:9007199254740993', '9007199254740992', 'in'],
    ['required|in:99999999999999999999', '99999999999999999998', 'in'],
    ['required|not_in:1', '1.0', 'not_in'],
    ['required|in:a, b', 'b', 'in'],
    ['required|in:"a,b",c', 'a,b', 'passes'],
    ['required|in:"a,b",c', 'a', 'in'],
    ['required|in:"say ""hi""",c', 'say "hi"', 'passes'],
    ['in:,a', '', 'passes'],
    ['in:a', '', 'in'],
  ])('compares lists as PHP does: %s <- %j: %s', (rules, value, verdict) => {
    expect(judged(rules, value)).toBe(verdict);
  });

  it('compares lists exactly where it is asked to', () => {
    expect(judged('required|in:1,2', '01', { strictIn: true })).toBe('in');
    expect(judged('required|in:1,2', '2', { strictIn: true })).toBe('passes');
    expect(judged('required|not_in:1', '1.0', { strictIn: true })).toBe('passes');
  });

  it.each<Case>([
    ['required|string|max:2', '👍👍', 'passes'],
    ['required|string|max:2', 'éé', 'passes'],
    ['required|string|max:1', 'e\u0301', 'max'],
    ['required|alpha', 'Ünïcödé', 'passes'],
    ['required|alpha:ascii', 'Ünï', 'alpha'],
    ['required|alpha_num', '１２', 'passes'],
    ['required|digits:2', '１２', 'digits'],
    ['required|string|max:1', '\u00a0\u200bx\ufeff\u3000', 'passes'],
    ['required|string', '\u180e\u2028', 'required'],
  ])('counts characters, not bytes: %s <- %j: %s', (rules, value, verdict) => {
    expect(judged(rules, value)).toBe(verdict);
  });

  it.each<Case>([
    ['required|bail|min:3|alpha', '!', 'min'],
    ['required|min:3|alpha', '!', 'min alpha'],
    ['Required|STRING', 'x', 'unknown'],
    ['required|alphaDash', 'a b', 'alpha_dash'],
    ['required|alpha-dash', 'a b', 'alpha_dash'],
    [' required | string ', '', 'required'],
    ['||', '', 'passes'],
    ['', '', 'passes'],
    ['filled|string', '', 'filled'],
    ['required|array', 'x', 'array'],
    ['accepted', 'yes', 'passes'],
    ['prohibited', 'x', 'prohibited'],
    ['required_with:other', 'x', 'passes'],
    ['required_with:other', '', 'unknown'],
    ['required|min:3|min:4', '12', 'min'],
  ])('reads and stops as the framework does: %s <- %j: %s', (rules, value, verdict) => {
    expect(judged(rules, value)).toBe(verdict);
  });

  it.each<Case>([
    ['required|ip', '::1', 'passes'],
    ['required|ip', '1.2.3.256', 'ip'],
    ['required|ipv4', '1.2.3.4', 'passes'],
    ['required|ipv4', '1.2.3.04', 'ipv4'],
    ['required|ipv6', '2001:db8::1.2.3.4', 'passes'],
    ['required|ipv6', '1:2:3:4:5:6:7:8:9', 'ipv6'],
    ['required|ipv6', ':::', 'ipv6'],
    ['required|email', 'someone@example.com', 'passes'],
    ['required|email', 'someone', 'email'],
    ['required|email', '"a b"@example.com', 'unknown'],
    ['required|uuid', '123e4567-e89b-12d3-a456-426614174000', 'passes'],
    ['required|uuid', '123e4567', 'uuid'],
    ['required|json', '{"a":[1]}', 'passes'],
    ['required|json', '{a}', 'json'],
    ['required|json', 'TRUE', 'unknown'],
    ['required|date', '2024-02-29', 'passes'],
    ['required|date', '2023-02-29', 'date'],
    ['required|date', 'next monday', 'unknown'],
    ['required|timezone', 'Europe/Berlin', 'unknown'],
    ['required|starts_with:http,ftp', 'ftp.example.com', 'passes'],
    ['required|ends_with:.jar', 'server.zip', 'ends_with'],
    ['starts_with:a', '', 'starts_with'],
    ['doesnt_start_with:a', '', 'passes'],
    ['required|lowercase', 'aB', 'lowercase'],
    ['required|ascii', 'é', 'ascii'],
    ['required|ascii', 'a\tb~', 'passes'],
    ['required|ascii', 'a\u001b[31m', 'ascii'],
    ['required|ascii', 'a\u007fb', 'ascii'],
    ['required|decimal:1,2', '1.25', 'passes'],
    ['required|decimal:2', '1.2', 'decimal'],
    ['required|hex_color', '#ff8800', 'passes'],
    ['required|mac_address', '00:00:00:00:00:zz', 'mac_address'],
  ])('knows the formats: %s <- %j: %s', (rules, value, verdict) => {
    expect(judged(rules, value)).toBe(verdict);
  });

  it.each<[string, string]>([
    ['http://[::1]:8080/', 'passes'],
    ['HTTPS://user:word@example.com', 'passes'],
    ['https://xn--mnchen-3ya-.de.', 'passes'],
    ['https://example.com/%41?x[]=1#top', 'passes'],
    ['https://example.com/%zz', 'url'],
    ['https://exa mple.com', 'url'],
    ['https://', 'url'],
    ['file:///etc/passwd', 'url'],
    ['javascript://alert(1)', 'url'],
    ['some-scheme://example.com', 'unknown'],
  ])('url <- %j: %s', (value, verdict) => {
    expect(judged('required|url', value)).toBe(verdict);
  });

  it('leaves rules that make a panel fail to the panel, unless an empty value is refused earlier', () => {
    expect(judged('required|string|port', '80')).toBe('unknown');
    expect(judged('required|string|port', '')).toBe('required');
    expect(judged('nullable|port', '')).toBe('passes');
    expect(judged('required|max:many', 'x')).toBe('unknown');
    expect(judged('required|between:1', 'x')).toBe('unknown');
    expect(judged('required|numeric|max:5', '1e1001')).toBe('unknown');
    expect(judged('x'.repeat(30_000), 'x')).toBe('unknown');
  });

  it('keeps the pipes of a regex together and splits at double semicolons', () => {
    expect(judged('required|regex:/^(a|b)$/|max:1', 'b')).toBe('passes');
    expect(judged('required|regex:/^(a|b)$/|max:1', 'c')).toBe('regex');
    expect(judged('required;;regex:/^(a|b)$/;;max:1', 'a')).toBe('passes');
    expect(judged('required|not_regex:{a|b}i|max:1', 'B')).toBe('not_regex');
    expect(judged('required|regex:/^a|max:5', 'abc')).toBe('unknown');
  });
});

describe('controlFor', () => {
  const select = (options: string[], canBeEmpty = false) => ({ kind: 'select', options, canBeEmpty });
  const number = (isInteger: boolean, min: string | null, max: string | null, canBeEmpty = false) => ({
    kind: 'number',
    isInteger,
    min,
    max,
    canBeEmpty,
  });
  const text = (maxLength: number | null, canBeEmpty = false) => ({ kind: 'text', maxLength, canBeEmpty });

  it.each([
    ['required|boolean', { kind: 'switch', off: '0', on: '1' }],
    ['required|in:1,0', { kind: 'switch', off: '0', on: '1' }],
    ['required|string|in:False,True', { kind: 'switch', off: 'False', on: 'True' }],
    ['nullable|boolean', select(['0', '1'], true)],
    ['required|boolean|in:1', select(['1'])],
    ['nullable|string|in:,beta', select(['beta'], true)],
    ['required|string|in:"a,b",c,c', select(['a,b', 'c'])],
    ['required|integer|in:1,two', select(['1'])],
    ['required|integer|between:1024,65536', number(true, '1024', '65536')],
    ['nullable|integer|min:0.5', number(true, '1', null, true)],
    ['required|integer|gt:0|lt:10', number(true, '1', '9')],
    // Of two equal bounds the exclusive bound is stricter, in any order.
    ['required|integer|gt:0|gte:0', number(true, '1', null)],
    ['required|integer|gte:0|gt:0', number(true, '1', null)],
    ['required|integer|lt:10|lte:10|lt:11', number(true, null, '9')],
    ['required|integer|max:10|lt:10', number(true, null, '9')],
    ['required|numeric|between:0.10,64', number(false, '0.1', '64')],
    ['required|numeric|between:-1.5,1e2', number(false, '-1.5', '100')],
    ['required|integer|max:76561202255233023', number(true, null, '76561202255233023')],
    ['required|string|integer|max:16', number(true, null, '16')],
    ['required|numeric|digits_between:1,5|max:65535', number(true, '0', '65535')],
    ['required|numeric|digits_between:1,3', number(true, '0', '999')],
    ['gt:0', number(false, '0', null)],
    ['required|between:1,10', text(10)],
    ['required|digits_between:17,18', text(18)],
    ['max:30', text(30, true)],
    ['required|string|max:20|size:8', text(8)],
    ['required|regex:/^(\\w{1,20})$/', text(null)],
    ['required|port', text(null)],
    ['', text(null, true)],
  ])('%s', (rules, control) => {
    expect(controlFor(rules)).toEqual(control);
  });
});

describe('isBrokenOnPanel', () => {
  it.each([
    ['required|string|max:20', false],
    ['required|string|', false],
    ['nullable:string', false],
    ['required|regex:/^([\\w\\d._-]+)(\\.jar)$/', false],
    ['required|regex:/(?R)/', false],
    ['required|port', true],
    ['required|regex:/^(a|b)$/', true],
    ['required;;string', true],
    ['required|regex:^[a-z]+$', true],
    ['required|regex:/[\\w-.]/', true],
    ['required|regex:/a/q', true],
    ['required|regex:/(a/', true],
    ['required|regex', true],
    ['required|max:', true],
    ['required|integer|between:5', true],
  ])('%s: %s', (rules, isBroken) => {
    expect(isBrokenOnPanel(rules)).toBe(isBroken);
  });
});
