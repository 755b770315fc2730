import { chmodSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { FakeClock, settle } from '../../../tests/support/fake-clock.js';
import { openWithProgram, openWithSystem } from './file-viewer.js';
import { removeFolder } from '../../../tests/support/remove-folder.js';

vi.mock('electron', () => ({ shell: { openPath: (path: string) => Promise.resolve(`asked for ${path}`) } }));

const clock = new FakeClock();
let programs = '';
beforeEach(() => (programs = mkdtempSync(join(tmpdir(), 'perch-viewer-'))));
afterEach(async () => {
  vi.unstubAllEnvs();
  await removeFolder(programs);
});

function withOpener(script: string): void {
  const file = join(programs, 'xdg-open');
  writeFileSync(file, `#!/bin/sh\n${script}\n`);
  chmodSync(file, 0o755);
  vi.stubEnv('PATH', `${programs}:/usr/bin:/bin`);
}

it.skipIf(process.platform !== 'linux')('the result of the opener on Linux is returned', async () => {
  withOpener(`[ "$1" = /some/folder ]`);
  expect(await openWithSystem('/some/folder', { platform: 'linux', clock })).toBe('');
  withOpener('exit 3');
  expect(await openWithSystem('/some/folder', { platform: 'linux', clock })).toContain('3');
  vi.stubEnv('PATH', programs.concat('/nothing'));
  expect(await openWithSystem('/some/folder', { platform: 'linux', clock })).toContain('ENOENT');
});

it.skipIf(process.platform !== 'linux')('an opener that keeps running is not waited for', async () => {
  withOpener('exec sleep 2');
  const shown = openWithSystem('/some/folder', { platform: 'linux', clock });
  await settle();
  await clock.advance(5000);
  expect(await shown).toBe('');
});

it('on other systems Electron opens the folder', async () => {
  expect(await openWithSystem('C:\\logs', { platform: 'win32', clock })).toBe('asked for C:\\logs');
});

it.skipIf(process.platform !== 'linux')('a chosen program gets the path unchanged', async () => {
  const told = join(programs, 'told');
  const program = join(programs, 'my editor');
  writeFileSync(program, `#!/bin/sh\nprintf '%s|%s' "$#" "$1" > '${told}'\n`);
  chmodSync(program, 0o755);
  const hostile = '/edited/a/$(touch x); "b" `c`.yml';
  expect(await openWithProgram(program, hostile, { platform: 'linux', clock })).toBe('');
  expect(readFileSync(told, 'utf8')).toBe(`1|${hostile}`);
  const none = join(programs, 'none');
  expect(await openWithProgram(none, hostile, { platform: 'linux', clock })).toContain('ENOENT');
});
