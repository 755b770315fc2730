import { expect, it } from 'vitest';
import { unprotected, type Running } from './processes.mjs';

const main: Running = {
  pid: 10,
  words: ['/opt/Perch/perch', '--hidden'],
  uid: '1000',
  seccomp: '0',
  pidNamespace: 'pid:[1]',
};
const page: Running = {
  ...main,
  pid: 11,
  words: ['perch', '--type=renderer'],
  seccomp: '2',
  pidNamespace: 'pid:[2]',
};

it('a page in the sandbox of an ordinary user has no fault', () => {
  expect(unprotected([main, page], '1000')).toEqual([]);
});

it.each<[string, Running[], string]>([
  ['no page at all', [main], 'There is no process that shows a page.'],
  ['root', [{ ...main, uid: '0' }, page], '10 runs as 0.'],
  ['a flag', [{ ...main, words: [...main.words, '--no-sandbox'] }, page], '10 has --no-sandbox.'],
  ['no filter', [main, { ...page, seccomp: '0' }], '11 may make any system call.'],
  ['no namespace', [main, { ...page, pidNamespace: 'pid:[1]' }], '11 sees the processes of the system.'],
])('the fault is named: %s', (_, running, sentence) => {
  expect(unprotected(running, '1000')).toEqual([sentence]);
});
