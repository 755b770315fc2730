import { expect, it } from 'vitest';
import { flagRefusal, refusedFlag } from './refused-flags.js';

it.each([
  ['--remote-debugging-port=9222', '--remote-debugging-port'],
  ['--remote-debugging-pipe', '--remote-debugging-pipe'],
  ['-remote-debugging-port=0', '--remote-debugging-port'],
  ['/js-flags=--expose-gc', '--js-flags'],
  ['--load-extension=/tmp/x', '--load-extension'],
  ['--remote-allow-origins=*', '--remote-allow-origins'],
  ['--inspect', '--inspect'],
  ['--inspect-brk=0.0.0.0:9229', '--inspect-brk'],
  ['--Inspect-Port=1', '--Inspect-Port'],
])('%s is refused', (word, flag) => {
  expect(refusedFlag(['/opt/perch', '--hidden', word])).toBe(flag);
  expect(flagRefusal(flag)).toContain(flag);
});

it.each([
  ['nothing', []],
  ['its own flags', ['--hidden', '--no-sandbox']],
  ['a flag that begins alike', ['--inspection', '--js-flagship']],
  ['a file', ['/home/me/inspect-this']],
  ['what is behind the flags', ['--', '--inspect']],
])('%s passes', (_what, words) => {
  expect(refusedFlag(['--inspect', ...words])).toBeNull();
});
