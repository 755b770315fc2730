import { expect, it, vi } from 'vitest';
import { newFailure, RemoteError } from '../../bridge/remote/remote-error.js';
import { sentence } from '../../messages/messages.js';
import type { BackupList } from '../../bridge/schema/backups.js';
import { aBackup } from '../../tests/support/fake-backups.js';
import type { PerchConnection } from '../connection.js';
import type { Options } from '../parse.js';
import { backup } from './backup.js';

interface Given {
  /** How the quiet backup of the server stands. */
  readonly quiet?: object | null;
  readonly state?: 'good' | 'failed';
  readonly options?: Options;
  /** Answer at the terminal; null = the output is no terminal. */
  readonly typed?: string | null;
  readonly isPlanned?: boolean;
  /** Further backups that the panel lists. */
  readonly more?: Partial<BackupList>;
}

interface Asked {
  readonly confirm?: string | null;
  readonly change?: { readonly kind: string };
  readonly save?: object | null;
  readonly fetch?: string | null;
  readonly folder?: string | null;
}

interface Heard {
  readonly onEvent?: (event: unknown) => void;
}

function setUp(
  words: string[],
  { options = {}, typed = null, isPlanned = false, quiet = null, state = 'good', more = {} }: Given = {},
) {
  const made = aBackup('41096fdb', { name: 'Nightly', bytes: 2048, state });
  const needsYes = new RemoteError(
    newFailure('needs-yes', sentence('remote.ask-restore', { server: 'Lobby', backup: 'Nightly' }), null),
  );
  const ask = vi.fn(async (verb: string, input: Asked, { onEvent }: Heard = {}) => {
    if (input.change?.kind === 'restore' && input.confirm !== 'Lobby') throw needsYes;
    const copies = [
      { id: '41096fdb', createdAt: 1000, bytes: 2048, file: 'a' },
      { id: 'gone', createdAt: 500, bytes: 1024, file: 'b' },
    ];
    const last = { at: 1000, outcome: 'refused', backup: null, problem: 'The disk is full.' };
    const plan = isPlanned ? { quietly: true, nextAt: 2000, last } : null;
    const backups = [made, aBackup('b2', { state: 'failed' })];
    const list = { backups, limit: 3, used: 1, copies, plan, ...more };
    if (verb === 'copyBackups') return { fetch: input.fetch ?? 'none', folder: input.folder, copies };
    if (verb === 'copiedFiles') {
      const files = [
        { path: 'world/level.dat', bytes: 2048, kind: 'file' },
        { path: 'latest', bytes: 0, kind: 'link' },
      ];
      const isSaved = input.save !== null;
      return {
        files: isSaved ? [] : files,
        isCut: !isSaved,
        leftOut: isSaved ? 0 : 2,
        saved: isSaved ? 'a.txt' : null,
      };
    }
    if (verb === 'downloadBackup') {
      const transfer = { file: 'a.tar.gz', folder: '/x', problem: null };
      onEvent?.({ transfer: { ...transfer, problem: 'The node answers with status 502.' } });
      return { transfer };
    }
    if (verb === 'waitForBackup') return { backup: made, quiet };
    return verb === 'backups' ? list : { backup: made };
  });
  const said = { out: '', err: '' };
  const terminal = {
    out: (text: string) => void (said.out += text),
    err: (text: string) => void (said.err += text),
    readLine: () => typed ?? '',
    readAll: () => '',
    isShown: typed !== null,
    canAsk: typed !== null,
    hasColours: false,
  };
  const over = backup({
    perch: { ask } as unknown as PerchConnection,
    args: words,
    plain: 0,
    options,
    terminal,
    deadline: Infinity,
  });
  return { over, ask, said, asked: () => ask.mock.calls.map(([verb]) => verb) };
}

it('the list is a table, with how many there may be', async () => {
  const { over, said } = setUp(['list', 'Lobby']);
  await over;
  expect(said.out).toMatch(/^Nightly +complete +2 KiB/m);
  expect(said.out).toMatch(/^Backup b2 +failed/m);
  expect(said.out).toMatch(/^Nightly .* panel, here +41096fdb/m);
  expect(said.out).toMatch(/^Backup b2 .* panel +b2/m);
  expect(said.out).toMatch(/complete +1 KiB .* here +gone/);
  expect(said.err).toBe('1 of 3 backups\n');
});

it('the list has backups whose time nobody knows, and counts what cannot be read', async () => {
  const undated = aBackup('u1', { name: 'Weekly', createdAt: null });
  const { over, said } = setUp(['list', 'Lobby'], { more: { backups: [undated], unread: 2 } });
  await over;
  expect(said.out).toMatch(/^Weekly +complete .* \? .*u1$/m);
  expect(said.err).toBe('1 of 3 backups\nThe panel lists 2 more entries, which Perch can’t read.\n');
});

it('the list ends with the next backup by plan, and the outcome of the last one', async () => {
  const { over, said } = setUp(['list', 'Lobby'], { isPlanned: true });
  await over;
  expect(said.err).toMatch(
    /\nNext backup by plan: .*1970.*, quietly\nLast backup by plan: .*1970.*, refused\. The disk is full\.\n$/,
  );
});

it.each([
  [
    { every: 'day', to: '/' },
    { fetch: 'daily', folder: '/' },
    'One good backup of each day is copied to /.\n',
  ],
  [{ every: 'backup' }, { fetch: 'each', folder: null }, /--to FOLDER/],
  [{ every: 'never', to: '/' }, { fetch: 'none', folder: '/' }, 'Backups are not copied.\n'],
] as const)('copies %j', async (options, input, words) => {
  const { over, ask, said } = setUp(['copies', 'Lobby'], { options });
  await over;
  expect(ask.mock.calls).toEqual([['copyBackups', { name: 'Lobby', ...input }]]);
  expect(said.err).toMatch(words);
  expect(said.out).toMatch(/ here +gone/);
});

it('a creation passes name, patterns, lock and quiet on, and waits if asked to', async () => {
  const options = { name: 'Nightly', ignore: '*.log,world/', lock: true, quietly: true, wait: true } as const;
  const { over, ask, said } = setUp(['create', 'Lobby'], { options });
  await over;
  expect(ask.mock.calls).toEqual([
    [
      'createBackup',
      { name: 'Lobby', label: 'Nightly', ignored: ['*.log', 'world/'], locked: true, quietly: true },
    ],
    ['waitForBackup', { name: 'Lobby', backup: '41096fdb' }],
  ]);
  expect(said.out).toBe('Backup “Nightly” is complete: 2 KiB. The server is back.\n');
});

it('waiting for a quiet backup says whether the server is back, and fails if the server is not', async () => {
  const back = setUp(['wait', 'Lobby'], { quiet: { owed: null, trouble: null } });
  await back.over;
  expect(back.said.out).toContain('The server is back.');
  const plain = setUp(['wait', 'Lobby']);
  await plain.over;
  expect(plain.said.out).toBe('Backup “Nightly” is complete: 2 KiB.\n');
  const stuck = setUp(['wait', 'Lobby'], { quiet: { owed: 'start', trouble: 'unseen' } });
  await expect(stuck.over).rejects.toMatchObject({
    failure: { cause: 'failed', message: 'The server is still stopped after a quiet backup.' },
  });
  expect(stuck.said.out).toBe('Backup “Nightly” is complete: 2 KiB.\n');
  const failed = setUp(['wait', 'Lobby'], { quiet: { owed: 'save-on', trouble: 'failed' }, state: 'failed' });
  await expect(failed.over).rejects.toMatchObject({
    failure: {
      next: 'Saving is still off after a quiet backup. Enter save-on in its console if Perch can’t.',
    },
  });
});

it.each([
  [['lock', 'Lobby'], {}, 'BACKUP'],
  [['restore', 'Lobby'], { confirm: 'Lobby' }, 'BACKUP'],
  [['download', 'Lobby'], {}, 'BACKUP'],
  [['rename', 'Lobby', 'Nightly'], {}, '--name'],
])('%j lacks an argument before any question to Perch', async (words, options, what) => {
  const { over, ask } = setUp(words, { options });
  await expect(over).rejects.toMatchObject({
    failure: { cause: 'usage', message: expect.stringContaining(what) },
  });
  expect(ask).not.toHaveBeenCalled();
});

it('a restoration asks for the server’s name at a terminal', async () => {
  const { over, said, asked } = setUp(['restore', 'Lobby', 'Nightly'], { typed: 'Lobby\n' });
  await over;
  expect(said.err).toContain('Type the server’s name');
  expect(said.out).toContain('has begun');
  expect(asked()).toEqual(['changeBackup', 'changeBackup']);
});

it.each<[string, Given]>([
  ['a wrong name at a terminal', { typed: 'Lobbi\n' }],
  ['a wrong name in the option', { typed: 'Lobby\n', options: { confirm: 'Lobbi' } }],
  ['a yes', { options: { yes: true } }],
])('a restoration is not confirmed by %s', async (_what, given) => {
  const { over, said } = setUp(['restore', 'Lobby', 'Nightly'], given);
  await expect(over).rejects.toMatchObject({ failure: { cause: 'needs-yes' } });
  expect(said.out).toBe('');
});

it('a download goes to a folder from its root, tells each problem, and says where the file is', async () => {
  const { over, ask, said } = setUp(['download', 'Lobby', 'Nightly'], { options: { to: '.' } });
  await over;
  const [[verb, input] = []] = ask.mock.calls;
  expect(verb).toBe('downloadBackup');
  expect(input).toEqual({ name: 'Lobby', backup: 'Nightly', folder: process.cwd() });
  expect(said.err).toBe('The node answers with status 502.\n');
  expect(said.out).toBe('Downloaded a.tar.gz to /x.\n');
});

it('prints the files of a copy as a table, with the omissions', async () => {
  const { over, said } = setUp(['files', 'Lobby', '41096fdb']);
  await over;
  expect(said.out).toMatch(/^2 KiB +world\/level\.dat$/m);
  expect(said.out).toMatch(/^ *link +latest$/m);
  expect(said.err).toMatch(/more files than these[^]*2 files are not listed/);
});

it('saves a file of a copy', async () => {
  const { over, ask, said } = setUp(['files', 'Lobby', '41096fdb'], {
    options: { save: 'x/a.txt', to: '/' },
  });
  await over;
  expect(ask.mock.calls).toEqual([
    ['copiedFiles', { name: 'Lobby', backup: '41096fdb', save: { path: 'x/a.txt', folder: '/' } }],
  ]);
  expect(said.out).toBe('Saved a.txt to /.\n');
});
