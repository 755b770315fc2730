import { expect, it } from 'vitest';
import { homepage, releaseDay } from './release.mjs';

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
  [{}, 'https://perch.example'],
])('finds where Perch lives in %o', (env, page) => {
  expect(homepage(env)).toBe(page);
});

it('takes the day of a release from the changelog', () => {
  const changelog = '# Changelog\n\n## [Unreleased]\n\n## [0.2.0] - 2026-03-01\n\n## [0.1.0] - 2026-01-31\n';
  const today = new Date('2026-11-25T12:00:00Z');
  expect(releaseDay('0.1.0', { changelog, today })).toBe('2026-01-31');
  expect(releaseDay('0.3.0', { changelog, today })).toBe('2026-11-25');
});
