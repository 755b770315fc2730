import { execFileSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../setup/paths.mjs';

/** A mark of Git at the beginning of a line, also in a comment, in a row of a table, and as a formatter changes the mark. */
const mark = /^\s*(?:(?:[|>#*]|\/\/|--)\s+)*(?:<{7}|>{7}|\|{7}|(?:> ){6}>)(?=\s|$)/u;
/** Larger files are pictures and recordings, which nobody merges. */
const mostBytes = 2 * 1024 * 1024;

/**
 * Refuses marks of a merge conflict in any file of the repository. The type check and the linter see them in code only;
 * a page or a table of messages takes them as text.
 *
 * @type {import('../steps.mjs').Step}
 */
export const conflictStep = {
  name: 'conflict-marks',
  work: async () => {
    const findings = ownFiles().flatMap((path) =>
      conflictMarks(path, readFileSync(join(root, path), 'utf8')),
    );
    return { passed: findings.length === 0 ? 1 : 0, failed: findings.length, output: findings.join('\n') };
  },
};

/**
 * @param {string} path
 * @param {string} text
 * @returns {string[]} `file:line: problem`
 */
export function conflictMarks(path, text) {
  return text.split('\n').flatMap((line, index) => {
    return mark.test(line) ? [`${path}:${index + 1}: mark of a merge conflict`] : [];
  });
}

/** Files that Git has or would take. */
function ownFiles() {
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  const paths = new Set(listed.split('\0').filter((path) => path !== ''));
  return [...paths].filter((path) => {
    const stat = statSync(join(root, path), { throwIfNoEntry: false });
    return stat !== undefined && stat.isFile() && stat.size <= mostBytes;
  });
}
