import { expect, it, vi } from 'vitest';
import { PerchError } from '../../bridge/errors.js';
import type { OwnAccount } from '../../bridge/schema/own-account.js';
import { aProblem } from '../../tests/support/a-problem.js';
import { anAccount } from '../../tests/support/entities.js';
import { FakeClock } from '../../tests/support/fake-clock.js';
import { FleetStore } from '../fleet/store.js';
import { viewAccounts } from './account.js';

const own: OwnAccount = {
  username: 'olive@example.com',
  email: 'olive@example.com',
  hasTwoFactor: true,
  kind: 'pelican',
  keys: [
    {
      identifier: 'ptlc_Owner000000',
      description: 'For\u001b[31m olive@example.com, token=hunter2hunter2',
      allowedIps: ['203.0.113.7'],
      lastUsedAt: 5,
      createdAt: 1,
      isUsed: true,
    },
  ],
  sshKeys: [{ name: 'laptop', fingerprint: 'Hjb', createdAt: null, isUsed: false }],
};

function ask(panel: string | null, kind: 'program' | 'person' = 'person') {
  const store = new FleetStore();
  const accounts = [
    anAccount({ id: 'home', label: 'Home', panelUrl: 'https://home.example.com' }),
    anAccount({ id: 'work', label: 'Work', panelUrl: 'https://work.example.com:8443' }),
    anAccount({ id: 'twin', label: 'Twin', panelUrl: 'https://work.example.com:8443' }),
  ];
  store.apply(accounts.map((account) => ({ kind: 'account-upserted', account })));
  const view = vi.fn(async ({ accountId }: { accountId: string }) => {
    if (accountId === 'work') throw new PerchError(aProblem('timeout'));
    return own;
  });
  const deps = { store, clock: new FakeClock(), actions: { 'account.view': view } };
  return { over: viewAccounts(deps, { panel }, { client: { kind, name: 'Robot' } }), view };
}

it('a person reads the account on each panel, and why one panel refuses', async () => {
  const { accounts } = await ask(null).over;
  expect(accounts.map(({ panel, account }) => [panel, account?.email ?? null])).toEqual([
    ['Home', 'olive@example.com'],
    ['Work', null],
    ['Twin', 'olive@example.com'],
  ]);
  // What happened, and the next step.
  expect(accounts[1]?.problem).toMatch(/^.+[.!] .+\.$/);
  expect(accounts[0]?.account?.keys[0]).toMatchObject({
    identifier: 'ptlc_Owner000000',
    allowedIps: ['203.0.113.7'],
    isUsed: true,
  });
  expect(JSON.stringify(accounts)).not.toContain('\\u001b');
});

it.each(['Home', 'home', 'HOME.example.com'])('one panel is named as %s', async (word) => {
  const { over, view } = ask(word);
  expect((await over).accounts).toMatchObject([{ panel: 'Home', problem: null }]);
  expect(view).toHaveBeenCalledExactlyOnceWith({ accountId: 'home' });
});

it('the refusal of a named panel ends the call', async () => {
  await expect(ask('Work').over).rejects.toMatchObject({ problem: { code: 'timeout' } });
});

it.each(['Nothing', 'work.example.com:8443'])('%s names no panel, or several', async (word) => {
  const { over, view } = ask(word);
  await expect(over).rejects.toMatchObject({
    failure: { cause: 'no-server', candidates: expect.arrayContaining(['Work (work.example.com:8443)']) },
  });
  expect(view).not.toHaveBeenCalled();
});

it('a program gets neither addresses nor text that looks secret', async () => {
  const { accounts } = await ask('Home', 'program').over;
  expect(accounts[0]?.account).toMatchObject({
    username: 'olive',
    email: null,
    keys: [{ allowedIps: null }],
  });
  expect(JSON.stringify(accounts)).not.toMatch(/example\.com|203\.0|hunter2/);
});
