import { describe, expect, it } from 'vitest';
import { checkTag, notesOf } from './version.mjs';

const changelog = `# Changelog

## [Unreleased]

## [1.2.0] - 2026-11-20

### Added

- A thing.

## [1.1.0] - 2026-10-01

## [1.0.0] - 2026-09-01

- The first.
`;

describe('the tag of a release', () => {
  it('fits the version and a section of the changelog', () => {
    expect(() => checkTag('v1.2.0', '1.2.0', changelog)).not.toThrow();
  });

  it.each(['v1.2.1', '1.2.0', 'v1.2.0-beta.1'])('%s is not that of 1.2.0', (tag) => {
    expect(() => checkTag(tag, '1.2.0', changelog)).toThrow(`The tag is ${tag}`);
  });

  it('is refused if the changelog has no section for the version, or an empty one', () => {
    expect(() => checkTag('v1.3.0', '1.3.0', changelog)).toThrow('nothing under "## [1.3.0]"');
    expect(() => checkTag('v1.1.0', '1.1.0', changelog)).toThrow('nothing under "## [1.1.0]"');
  });
});

describe('the notes of a release', () => {
  it('are the section of that version only', () => {
    expect(notesOf('1.2.0', changelog)).toBe('### Added\n\n- A thing.\n');
    expect(notesOf('1.0.0', changelog)).toBe('- The first.\n');
  });
});
