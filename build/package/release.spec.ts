import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { root } from '../setup/paths.mjs';
import { homepage, isPlaceholder, manifest, releaseDay } from './release.mjs';

it.each([
  [{ PERCH_HOMEPAGE: 'https://perch.test/' }, 'https://perch.test'],
  [{ GITHUB_SERVER_URL: 'https://github.com', GITHUB_REPOSITORY: 'a/perch' }, 'https://github.com/a/perch'],
  [
    {
      PERCH_HOMEPAGE: 'https://perch.test',
      GITHUB_SERVER_URL: 'https://github.com',
      GITHUB_REPOSITORY: 'a/b',
    },
    'https://perch.test',
  ],
  [{}, manifest().homepage],
])('the home page of Perch is found in %o', (env, page) => {
  expect(homepage(env)).toBe(page);
});

it('every place names the same host for the project', () => {
  const about = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const builder = parse(readFileSync(join(root, 'electron-builder.yml'), 'utf8'));
  const { host } = new URL(about.homepage);
  expect(new URL(about.repository.url.replace(/^git\+/, '')).host).toBe(host);
  expect(new URL(about.bugs.url).host).toBe(host);
  // The mail address has another host than the homepage; either both hosts are placeholders or neither is.
  const [, mail = ''] = /@(.+)>$/.exec(builder.linux.maintainer) ?? [];
  expect(isPlaceholder(`https://${mail}`)).toBe(isPlaceholder(about.homepage));
  const owners = readFileSync(join(root, '.github/CODEOWNERS'), 'utf8');
  expect(owners).toContain(`@${mail}\n`);
});

it.each([
  ['https://perch.example', true],
  ['https://perch.example/perch', true],
  ['https://perch.test', false],
  ['https://example.com', false],
])('whether %s is a placeholder: %s', (page, expected) => {
  expect(isPlaceholder(page)).toBe(expected);
});

it('the day of a release comes from the changelog', () => {
  const changelog = '# Changelog\n\n## [Unreleased]\n\n## [0.2.0] - 2026-03-01\n\n## [0.1.0] - 2026-01-31\n';
  const today = new Date('2026-11-25T12:00:00Z');
  expect(releaseDay('0.1.0', { changelog, today })).toBe('2026-01-31');
  expect(releaseDay('0.3.0', { changelog, today })).toBe('2026-11-25');
});
