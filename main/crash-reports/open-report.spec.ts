import { expect, it } from 'vitest';
import { aProblem } from '../../tests/support/a-problem.js';
import { newProblem, PerchError } from '../../bridge/errors.js';
import type { ServerFile } from '../../bridge/schema/files.js';
import { sentence } from '../../messages/messages.js';
import { openReport } from './open-report.js';
import { placesOf } from './report-files.js';

const debugLog: ServerFile = {
  name: 'debug.log',
  kind: 'file',
  bytes: 5 * 2 ** 20,
  mode: '644',
  mime: 'text/plain',
  createdAt: 5,
  modifiedAt: 5,
};
const crash = 'CRASH: Sat Nov 28 21:14:03 UTC 2026\nSegmentation fault\n';

/** `end` = the bytes that the node gives; null = the file is too large. */
function rig(end: string | null) {
  const asked: string[] = [];
  const panel = {
    list: () => Promise.resolve([debugLog]),
    contents: (path: string) => {
      asked.push(`contents ${path}`);
      return Promise.reject(new PerchError(aProblem('invalid')));
    },
  };
  const tailOf = (path: string, most: number): Promise<Uint8Array | null> => {
    asked.push(`end ${path} ${most}`);
    return Promise.resolve(end === null ? null : Buffer.from(end));
  };
  const known = { path: '/debug.log', at: 4, description: null, cause: null, suspect: null };
  const open = (isKnown = false) =>
    openReport({ panel, tailOf, places: placesOf('source'), known: isKnown ? known : undefined });
  return { asked, open };
}

it('reads the end of a debug.log that is larger than a panel shows', async () => {
  const { asked, open } = rig(crash);
  const { lines, report } = await open();
  expect([report.path, report.at, lines.slice(0, 2)]).toEqual(['/debug.log', 5, crash.trim().split('\n')]);
  expect(asked).toEqual(['end /debug.log 4194304']);
});

it('reads the end of a debug.log that has grown too large since the crash', async () => {
  const { asked, open } = rig(crash);
  expect((await open(true)).report.at).toBe(5);
  expect(asked).toEqual(['contents /debug.log', 'end /debug.log 4194304']);
});

it('names a debug.log that is too large for that as well', async () => {
  const problem = newProblem('invalid', sentence('fixes.report-too-large', { file: '/debug.log' }));
  await expect(rig(null).open()).rejects.toMatchObject({ problem });
});
