import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { updateArguments, updatesOf, writeNotes } from './updates.mjs';

const github = { GITHUB_SERVER_URL: 'https://github.com', GITHUB_REPOSITORY: 'a/perch' };

describe('where a build looks for newer versions', () => {
  it.each<[NodeJS.ProcessEnv, { feed: string; page: string } | null]>([
    [{}, null],
    [
      github,
      {
        feed: 'https://github.com/a/perch/releases/latest/download',
        page: 'https://github.com/a/perch/releases/latest',
      },
    ],
    [
      {
        PERCH_HOMEPAGE: 'https://perch.test/',
        PERCH_DOWNLOADS: 'https://files.test/perch',
        PERCH_UPDATES: 'https://files.test/updates',
      },
      { feed: 'https://files.test/updates', page: 'https://perch.test' },
    ],
  ])('%o', (env, updates) => {
    expect(updatesOf(env)).toEqual(updates);
  });

  it('is nowhere, without feeds, if no address was set', () => {
    expect(updateArguments({}, { platform: 'linux', notes: null })).toEqual([]);
  });

  it('goes to the package and to electron-builder', () => {
    const words = updateArguments(github, { platform: 'linux', notes: '/notes.md' });
    const { feed } = updatesOf(github) ?? { feed: '' };
    expect(words).toContain(`-c.extraMetadata.updates.feed=${feed}`);
    expect(words).toContain(`-c.publish.url=${feed}`);
    expect(words).toContain('-c.extraMetadata.updates.signed=false');
    expect(words).toContain('-c.releaseInfo.releaseNotesFile=/notes.md');
  });

  it.each([
    ['darwin', 'secret', true],
    ['darwin', '', false],
    ['win32', 'secret', false],
  ])('is signed on %s with the certificate %o: %s', (platform, CSC_LINK, isSigned) => {
    const words = updateArguments({ ...github, CSC_LINK }, { platform, notes: null });
    expect(words).toContain(`-c.extraMetadata.updates.signed=${isSigned}`);
    expect(words.join(' ')).not.toContain('secret');
  });
});

it('the notes of a version come from the changelog', () => {
  const file = writeNotes('1.0.0', '# Changelog\n\n## [1.0.0] - 2026-01-31\n\n- Groups\n');
  expect(readFileSync(file ?? '', 'utf8')).toBe('- Groups\n');
  expect(writeNotes('2.0.0', '# Changelog\n')).toBeNull();
});
