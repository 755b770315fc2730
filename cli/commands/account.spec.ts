import { expect, it, vi } from 'vitest';
import '../../tests/support/every-area.js';
import { recordingTerminal } from '../../tests/support/recording-terminal.js';
import type { PerchConnection } from '../connection.js';
import type { Options } from '../parse.js';
import { account } from './account.js';

const key = {
  identifier: 'ptlc_Owner000000',
  description: 'Perch',
  allowedIps: [],
  lastUsedAt: 0,
  createdAt: 0,
  isUsed: true,
};
const own = {
  username: 'olive',
  email: 'olive@example.com',
  hasTwoFactor: false,
  keys: [key, { ...key, identifier: 'ptlc_Old00000000', allowedIps: ['10.0.0.0/8'], isUsed: false }],
  sshKeys: [
    { name: 'laptop', fingerprint: 'Hjb', createdAt: new Date(2026, 10, 28, 12).getTime(), isUsed: true },
  ],
};

async function run(accounts: readonly object[], args: string[] = [], options: Options = {}) {
  const { terminal, out, err } = recordingTerminal();
  const ask = vi.fn(async () => ({ accounts }));
  await account({
    perch: { ask } as unknown as PerchConnection,
    args,
    plain: 0,
    options,
    terminal,
    deadline: Infinity,
  });
  expect(ask).toHaveBeenCalledExactlyOnceWith('account', { panel: args[0] ?? null });
  return { out: out(), err: err() };
}

it('prints the keys of an account, marks Perch’s key, and shows the state of the second factor', async () => {
  const { out } = await run([{ panel: 'Home', account: own, problem: null }], ['Home']);
  const lines = out.split('\n');
  expect(lines[0]).toBe('Home: olive, olive@example.com');
  expect(lines[1]).toBe('Two-factor authentication: Off. Switch it on in the panel, under Account.');
  expect(lines[3]).toMatch(/^API KEY +DESCRIPTION +LAST USED +CREATED +FROM +USED BY$/);
  expect(lines[4]).toMatch(/^ptlc_Owner000000 +Perch .* from anywhere +Perch$/);
  expect(lines[5]).toMatch(/^ptlc_Old00000000 +Perch .* 10\.0\.0\.0\/8$/);
  expect(lines[7]).toMatch(/^SSH KEY +FINGERPRINT +CREATED +USED BY$/);
  expect(lines[8]).toMatch(/^laptop +Hjb +Nov 28, 2026 +Perch$/);
});

it('says why a panel does not answer, and that no panel is connected', async () => {
  const { out } = await run([{ panel: 'Work', account: null, problem: 'No answer.' }]);
  expect(out).toBe('Work\nNo answer.\n');
  expect(await run([])).toMatchObject({ out: '', err: expect.stringContaining('No panel') });
});

it('prints one line of JSON', async () => {
  const { out } = await run([{ panel: 'Home', account: own, problem: null }], [], { json: true });
  expect(JSON.parse(out)).toMatchObject({ accounts: [{ account: { username: 'olive' } }] });
});
