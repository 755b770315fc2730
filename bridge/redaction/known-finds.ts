/** Finds texts that Perch knows to be private. Pure. */
import type { Range } from './secret-texts.js';

/** Words that every log has: a node of that name is not hidden. */
const everyday = new Set([
  ...[
    'main',
    'server',
    'servers',
    'node',
    'panel',
    'game',
    'games',
    'world',
    'info',
    'warn',
    'error',
    'debug',
  ],
  ...[
    'minecraft',
    'java',
    'local',
    'localhost',
    'default',
    'test',
    'admin',
    'root',
    'user',
    'container',
    'daemon',
  ],
]);
const shortest = 3;

/** Returns a function that finds any of these words, with no letter or digit beside them. */
export function wordsFinder(words: readonly string[]): (line: string) => Range[] {
  return finder(
    words.filter((word) => !everyday.has(word.toLowerCase())),
    (choice) => `(?<![\\p{L}\\p{N}])(?:${choice})(?![\\p{L}\\p{N}])`,
  );
}

/** Returns a function that finds any of these hosts, and hosts below them. */
export function hostsFinder(hosts: readonly string[]): (line: string) => Range[] {
  return finder(
    hosts.filter((host) => host.includes('.') && !/^[\d.]+$/.test(host)),
    (choice) => `(?<![\\p{L}\\p{N}-])(?:[\\p{L}\\p{N}_-]{1,63}\\.){0,4}(?:${choice})(?![\\p{L}\\p{N}-])`,
  );
}

/** Returns a function that finds any of these texts, also inside of words. */
export function textsFinder(texts: readonly string[]): (line: string) => Range[] {
  return finder(texts, (choice) => choice);
}

function finder(texts: readonly string[], around: (choice: string) => string): (line: string) => Range[] {
  const wanted = [...new Set(texts.map((text) => text.trim()))]
    .filter(({ length }) => length >= shortest)
    .sort((a, b) => b.length - a.length);
  if (wanted.length === 0) return () => [];
  const choice = wanted.map((text) => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')).join('|');
  const pattern = new RegExp(around(choice), 'giu');
  return (line) =>
    [...line.matchAll(pattern)].map(({ index, 0: text }) => ({ from: index, to: index + text.length }));
}
