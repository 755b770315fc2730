import { expect, it } from 'vitest';
import { leftOutWords } from './left-out-words.js';

it.each([
  ['*.log', 'all files and folders whose names end with “.log”'],
  ['node_modules', 'every file and folder named “node_modules”'],
  ['logs/', 'every folder named “logs”, with its content'],
  ['**/cache/', 'every folder named “cache”, with its content'],
  ['/plugins', '“plugins” in the server’s main folder'],
  ['world/region', '“world/region” in the server’s main folder'],
  ['/world/', 'the folder “world” of the server’s main folder, with its content'],
  ['world_*/', 'every folder whose name fits “world_*”, with its content'],
  ['*.[bt]ak', 'every file and folder whose name fits “*.[bt]ak”'],
  ['world/*.mca', 'what fits “world/*.mca” from the server’s main folder on'],
  ['world/*/poi/', 'folders that fit “world/*/poi” from the server’s main folder on, with their content'],
  ['*', 'everything'],
  ['/**', 'everything'],
  ['!keep.log', 'but keeps: every file and folder named “keep.log”'],
])('%s = %s', (pattern, words) => {
  expect(leftOutWords(pattern)).toBe(words);
});

it.each(['# a comment', '!', '/', '!#'])('%s leaves no file out', (pattern) => {
  expect(leftOutWords(pattern) ?? '').not.toContain('everything');
});

it('a comment has no words', () => {
  expect(leftOutWords('# logs')).toBeNull();
  expect(leftOutWords('/')).toBeNull();
});
