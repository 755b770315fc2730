import { expect, it } from 'vitest';
import { hytaleSignIn } from './hytale-login.js';

const page = 'https://oauth.accounts.hytale.com/oauth2/device/verify?user_code=';

it.each<[string, readonly string[], string | null]>([
  ['the downloader', ['Please visit the following URL:', `${page}kD3F-9xq`], `${page}kD3F-9xq`],
  ['the server', [`[INFO] Or visit: ${page}ABCD1234 `], `${page}ABCD1234`],
  ['a second code', [`${page}OLD1`, `${page}NEW2`, 'Authorization code: NEW2'], `${page}NEW2`],
  ['two codes of one line', [`${page}OLD1 ${page}NEW2`], `${page}NEW2`],
  ['capital letters', [`${page.toUpperCase()}ABCD`], `${page}ABCD`],
  ['no lines', [], null],
  ['no code', [page], null],
  ['a code that continues', [`${page}${'A'.repeat(41)}`], null],
  ['other characters', [`${page}AB%0a<b>`], null],
  ['another host', [page.replace('.com', '.com.evil.example').concat('ABCD')], null],
  ['a name before the host', [page.replace('oauth.', 'x@evil.example/oauth.').concat('ABCD')], null],
])('finds the address of %s', (_of, lines, found) => expect(hytaleSignIn(lines)).toBe(found));
