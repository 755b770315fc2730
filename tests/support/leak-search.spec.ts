import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { LeakSearch } from './leak-search.js';

const value = 'Kö/ "n&ig\'s+pass=1';

function searchFor(secret: string): LeakSearch {
  const search = new LeakSearch();
  search.add('password', secret);
  return search;
}

it.each<[string, Buffer | string]>([
  ['as it is', `before ${value} after`],
  ['in UTF-16', Buffer.from(`x${value}`, 'utf16le')],
  ['in JSON', JSON.stringify({ value })],
  ['in the JSON of PHP', `{"a":"${'K\\u00f6\\/ \\"n&ig\'s+pass=1'}"}`],
  ['in a URL', `mysql://u:${encodeURIComponent(value)}@h`],
  ['in a form', new URLSearchParams({ value }).toString()],
  ['in HTML', value.replaceAll('&', '&amp;').replaceAll('"', '&quot;')],
  ['in Base64', Buffer.from(value).toString('base64')],
  ['in Base64, one byte later', Buffer.from(`:${value}`).toString('base64')],
  ['in Base64, two bytes later', Buffer.from(`u:${value}`).toString('base64')],
  ['in Base64 for URLs', Buffer.from(`olive:${value}`).toString('base64url')],
  ['in hexadecimal', Buffer.from(value).toString('hex')],
])('a secret is found %s', (_form, content) => {
  expect(searchFor(value).in(content)).toEqual(['password']);
});

it('a whole key and a token are found unknown, the public half of a key is not', () => {
  const search = new LeakSearch();
  expect(search.in(`key ptlc_${'a1'.repeat(22)}`)).toEqual(['ptlc_a1a…']);
  expect(search.in(`{"token":"eyJ${'ab'.repeat(10)}.${'cd'.repeat(10)}.sig"}`)).toEqual(['eyJababa…']);
  expect(search.in('the key ptlc_abcdefghijk is listed')).toEqual([]);
});

it('files are found at any depth, by name and by content', () => {
  const folder = mkdtempSync(join(tmpdir(), 'perch-leaks-'));
  try {
    mkdirSync(join(folder, 'a', 'b'), { recursive: true });
    writeFileSync(
      join(folder, 'a', 'b', 'c.bin'),
      Buffer.concat([Buffer.alloc(5000), Buffer.from('hunter22')]),
    );
    writeFileSync(join(folder, 'hunter22.txt'), 'nothing');
    expect(searchFor('hunter22').inFolder(folder).sort()).toEqual([
      `${join(folder, 'a', 'b', 'c.bin')}: password`,
      `the name of ${join(folder, 'hunter22.txt')}: password`,
    ]);
    expect(searchFor('hunter33').inFolder(folder)).toEqual([]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

it.runIf(process.platform === 'linux')('the environment of a process is found', () => {
  const [name, given] = Object.entries(process.env).find(([, text]) => (text?.length ?? 0) > 12) ?? [];
  expect(searchFor(given ?? '').inProcesses().length, name).toBeGreaterThan(0);
  expect(searchFor('no process has this text').inProcesses()).toEqual([]);
});

it('a secret that is too short to search for is refused', () => {
  expect(() => searchFor('abc')).toThrow('fewer than 6');
});
