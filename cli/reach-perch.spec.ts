/** Starting Perch, with real processes that end at once and a clock that the test moves. */
import { existsSync, mkdtempSync, readFileSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ListeningPerch } from '../tests/support/listening-perch.js';
import type { Launch } from './context.js';
import { reachPerch } from './reach-perch.js';
import { removeFolder } from '../tests/support/remove-folder.js';

const client = { kind: 'person', name: 'perch' } as const;

let dataFolder: string;
let perch: ListeningPerch;

beforeEach(() => {
  dataFolder = mkdtempSync(join(tmpdir(), 'perch-start-'));
  perch = new ListeningPerch(dataFolder);
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
});

afterEach(async () => {
  vi.useRealTimers();
  await perch.close();
  await removeFolder(dataFolder);
});

/** Tries to reach Perch; `pass` moves the clock and lets files, sockets and processes continue. */
function reaching(launch: Launch = { command: 'true', args: [] }) {
  const state = { outcome: 'waits' };
  const end = (outcome: string): void => void Object.assign(state, { outcome });
  reachPerch({ dataFolder, refused: null, launch }, { client, mayStart: true }).then(
    (connection) => {
      end('open');
      connection.close();
    },
    (error: { failure: { cause: string } }) => end(error.failure.cause),
  );
  const pass = async (ms: number): Promise<void> => {
    for (let passed = 0; passed < ms && state.outcome === 'waits'; passed += 100) {
      await vi.advanceTimersByTimeAsync(100);
      for (let turn = 0; turn < 20; turn++) await new Promise((next) => setImmediate(next));
    }
  };
  return { state, pass };
}

/** The lock of Chromium that names this process. */
function hold(pid: number | string = process.pid): void {
  symlinkSync(`here-${pid}`, join(dataFolder, 'SingletonLock'));
}

describe.skipIf(process.platform === 'win32')('reachPerch', () => {
  it('waits for a Perch that is still starting', async () => {
    hold();
    const { state, pass } = reaching();
    await pass(5000);
    expect(state.outcome).toBe('waits');
    await perch.listen();
    while (state.outcome === 'waits') await pass(100);
    expect(state.outcome).toBe('open');
  });

  it.each([['999999999'], ['0'], ['nobody'], [null]])(
    'gives up at least two seconds after the started program ended without a running Perch (%s)',
    async (holder) => {
      if (holder !== null) hold(holder);
      const { state, pass } = reaching();
      await pass(1900);
      expect(state.outcome).toBe('waits');
      while (state.outcome === 'waits') await pass(100);
      expect(state.outcome).toBe('not-running');
    },
  );

  it('starts the program with its arguments unchanged', async () => {
    const told = join(dataFolder, 'told');
    const args = ['-c', `echo "$0|$1|$#" > '${told}'; exit`, 'a b', '$HOME "x"'];
    const { state, pass } = reaching({ command: '/bin/sh', args });
    await pass(100);
    while (!existsSync(told) || readFileSync(told, 'utf8') === '')
      await new Promise((next) => setImmediate(next));
    expect(readFileSync(told, 'utf8')).toBe('a b|$HOME "x"|1\n');
    await perch.listen();
    while (state.outcome === 'waits') await pass(100);
  });

  it('uses a running Perch, and starts none', async () => {
    await perch.listen();
    const told = join(dataFolder, 'told');
    const { state, pass } = reaching({ command: '/bin/sh', args: ['-c', `: > '${told}'`] });
    while (state.outcome === 'waits') await pass(100);
    expect(state).toEqual({ outcome: 'open' });
    expect(existsSync(told)).toBe(false);
  });

  it('starts none if this is not allowed, or fails', async () => {
    const told = join(dataFolder, 'told');
    const launch = { command: '/bin/sh', args: ['-c', `: > '${told}'`] };
    for (const [given, mayStart] of [
      [launch, false],
      [null, true],
    ] as const) {
      const asked = reachPerch({ dataFolder, refused: null, launch: given }, { client, mayStart });
      await expect(asked).rejects.toMatchObject({ failure: { cause: 'not-running' } });
    }
    expect(existsSync(told)).toBe(false);
  });

  it('distinguishes a folder of another user from a folder that others may change', async () => {
    const failed = async (kind: 'foreign' | 'open'): Promise<string> => {
      const refused = { kind, path: '/srv/perch' };
      const asked = reachPerch({ dataFolder, refused, launch: null }, { client, mayStart: true });
      const { failure } = await asked.then(
        () => ({ failure: { message: '' } }),
        (error: { failure: { message: string } }) => error,
      );
      return failure.message;
    };
    expect(await failed('foreign')).toMatch(/belongs to another user/);
    expect(await failed('open')).toMatch(/other users may change/);
  });
});
