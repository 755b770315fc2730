import { describe, expect, it } from 'vitest';
import type { HandlerInput } from '../../../bridge/schema/contract.js';
import type { ProblemCode } from '../../../bridge/errors.js';
import { anActionsRig, certificate } from '../../../tests/support/actions-rig.js';
import { aProblem } from '../../../tests/support/a-problem.js';
import { aRecord } from '../../../tests/support/fleet-fakes.js';
import type { AccountRecord } from '../../base/ports.js';

const newKey = 'ptlc_zyxwvutsrqponmlkjihgfedcba';
const olive: AccountRecord = {
  ...aRecord({ label: 'My panel', trusted: certificate }),
  username: 'olive',
  unencryptedSince: 5,
  allServers: true,
};

async function aRig(records = [olive]) {
  const rig = await anActionsRig(records);
  rig.stored.set('home', 'keychain:old');
  const replace = (input: Partial<HandlerInput<'accounts.replaceKey'>> = {}) =>
    rig.actions['accounts.replaceKey'](
      { accountId: 'home', key: ` ${newKey}\n`, keep: 'keychain', ...input },
      rig.page,
    );
  return { ...rig, replace };
}

describe('replaceKey', () => {
  it('asks the panel with the new key, which replaces the old one; the rest of the panel stays', async () => {
    const { clock, probes, replace, saved, store, stored } = await aRig();
    expect(await replace()).toEqual({ otherUser: null });
    expect(probes).toEqual([{ panelUrl: olive.panelUrl, key: newKey, trusted: certificate }]);
    expect(stored).toEqual(new Map([['home', `keychain:${newKey}`]]));
    expect(saved).toEqual([[olive]]);
    await clock.advance(0);
    expect(store.state.accounts.get('home')).toMatchObject({ label: 'My panel', state: { kind: 'ready' } });
  });

  it('takes the key copied for this panel, and no other copied key', async () => {
    const { clipboard, log, panel, probes, replace, stored, take } = await aRig();
    const gone = { problem: { code: 'invalid', fields: { key: expect.anything() } } };
    for (const text of ['', 'hello', `ptla_${'x'.repeat(43)}`, `ptlc_${'x'.repeat(42)}`]) {
      clipboard.text = text;
      await expect(take('home')).rejects.toMatchObject(gone);
      await expect(replace({ key: null })).rejects.toMatchObject(gone);
    }
    await expect(take('gone')).rejects.toMatchObject({ problem: { code: 'not-found' } });
    const copied = `pacc_${'x'.repeat(43)}`;
    clipboard.text = ` ${copied}\n`;
    await take(null);
    await expect(replace({ key: null })).rejects.toMatchObject(gone);
    expect(probes).toEqual([]);
    await take('home');
    clipboard.text = '';
    panel.user = { ...panel.user, username: 'sam' };
    expect(await replace({ key: null })).toEqual({ otherUser: 'sam' });
    expect(await replace({ key: null, user: 'sam' })).toEqual({ otherUser: null });
    expect(probes.map(({ key }) => key)).toEqual([copied, copied]);
    expect([...stored.values()]).toEqual([`keychain:${copied}`]);
    await expect(replace({ key: null })).rejects.toMatchObject(gone);
    expect(log.text).not.toContain(copied);
  });

  it.each<ProblemCode>(['unauthorized', 'forbidden', 'panel-unreachable', 'tls-untrusted', 'rate-limited'])(
    'leaves everything as it is when the panel says %s',
    async (code) => {
      const { panel, replace, saved, stored } = await aRig();
      panel.problems.set('account', aProblem(code));
      await expect(replace()).rejects.toMatchObject({ problem: { code } });
      expect([...stored.values()]).toEqual(['keychain:old']);
      expect(saved).toEqual([]);
    },
  );

  it('explains a wrong key, and a removed panel', async () => {
    const { panel, probes, replace } = await aRig();
    await expect(replace({ key: ' ' })).rejects.toMatchObject({ problem: { code: 'invalid' } });
    await expect(replace({ accountId: 'gone' })).rejects.toMatchObject({ problem: { code: 'not-found' } });
    expect(probes).toEqual([]);
    panel.problems.set('account', aProblem('forbidden'));
    await expect(replace({ key: 'ptla_abc' })).rejects.toThrow(/application key/);
  });

  it('stores the key of another user only after an agreement to that user', async () => {
    const { panel, replace, saved, stored, store } = await aRig();
    panel.user = { ...panel.user, username: 'sam' };
    expect(await replace()).toEqual({ otherUser: 'sam' });
    expect(await replace({ user: 'anna' })).toEqual({ otherUser: 'sam' });
    expect([...stored.values()]).toEqual(['keychain:old']);
    expect(saved).toEqual([]);
    expect(await replace({ user: 'sam' })).toEqual({ otherUser: null });
    expect([...stored.values()]).toEqual([`keychain:${newKey}`]);
    const { allServers, ...rest } = olive;
    expect(allServers).toBe(true);
    expect(saved).toEqual([[{ ...rest, username: 'sam' }]]);
    expect(store.state.accounts.get('home')?.user?.username).toBe('sam');
  });

  it('keeps the SFTP key of the same user, and withdraws that of another one', async () => {
    const key = { name: 'Perch on laptop', publicKey: 'ssh-ed25519 A', fingerprint: 'SHA256:A', addedAt: 1 };
    const hosts = [
      { host: 'node.example.com:2022', type: 'ssh-ed25519', fingerprint: 'SHA256:B', pinnedAt: 1 },
    ];
    const { panel, replace, saved, sftp } = await aRig([{ ...olive, sftp: key, sftpHosts: hosts }]);
    await replace();
    expect(saved.at(-1)).toMatchObject([{ sftp: key, sftpHosts: hosts }]);
    expect(sftp).toEqual([]);
    panel.user = { ...panel.user, username: 'sam' };
    await replace({ user: 'sam' });
    expect(sftp).toEqual(['withdraw home']);
    expect(saved.at(-1)?.[0]?.sftp).toBeUndefined();
    expect(saved.at(-1)?.[0]?.sftpHosts).toEqual(hosts);
  });

  it('refuses the key of a connected user', async () => {
    const { add, panel, replace, saved } = await aRig();
    panel.user = { ...panel.user, username: 'sam' };
    expect(await add()).toMatchObject({ user: { username: 'sam' } });
    await expect(replace({ user: 'sam' })).rejects.toMatchObject({ problem: { code: 'conflict' } });
    expect(saved).toHaveLength(1);
  });

  it('gives only one of two imported panels the key of one user', async () => {
    const waiting = { username: undefined, awaitsKey: true };
    const records = [aRecord({ id: 'home', ...waiting }), aRecord({ id: 'work', label: 'Work', ...waiting })];
    const { book, replace, stored } = await aRig(records);
    expect(await replace()).toEqual({ otherUser: null });
    await expect(replace({ accountId: 'work' })).rejects.toMatchObject({ problem: { code: 'conflict' } });
    expect([...stored.keys()]).toEqual(['home']);
    expect(book.find('work')?.awaitsKey).toBe(true);
  });

  it('removes the old key from the keychain if the new one stays in memory', async () => {
    const { forgotten, replace, saved, stored } = await aRig();
    expect(await replace({ keep: 'memory' })).toEqual({ otherUser: null });
    expect(forgotten).toEqual(['home']);
    expect(stored).toEqual(new Map([['home', `memory:${newKey}`]]));
    expect(saved.at(-1)?.[0]?.keyStorage).toBe('memory');
  });

  it.each(['keychain', 'memory'] as const)(
    'keeps the old key and user if the record cannot be written (new key in %s)',
    async (keep) => {
      const { book, failures, forgotten, log, panel, replace, store, stored } = await aRig();
      panel.user = { ...panel.user, username: 'sam' };
      failures.save = true;
      await expect(replace({ user: 'sam', keep })).rejects.toMatchObject({ problem: { code: 'internal' } });
      expect([...stored]).toEqual([['home', 'keychain:old']]);
      expect(forgotten).toEqual([]);
      expect(book.find('home')).toEqual(olive);
      expect(store.state.accounts.get('home')?.user?.username).not.toBe('sam');
      failures.putBack = 'keychain-silent';
      await expect(replace({ user: 'sam', keep })).rejects.toMatchObject({ problem: { code: 'internal' } });
      expect(log.text).toContain('accounts.not-put-back');
    },
  );
});
