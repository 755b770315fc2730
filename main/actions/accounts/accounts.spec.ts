import { describe, expect, it } from 'vitest';
import type { HandlerInput } from '../../../bridge/schema/contract.js';
import { PerchError, type ProblemCode } from '../../../bridge/errors.js';
import { anActionsRig, certificate, key } from '../../../tests/support/actions-rig.js';
import { aProblem } from '../../../tests/support/a-problem.js';
import { aRecord } from '../../../tests/support/fleet-fakes.js';
import { saying } from '../../../tests/support/spoken-problem.js';
import { HttpFailure } from '../../base/network-ports.js';

const nothing = { stored: 0, saved: 0, accounts: 0 };

describe('panel.probe', () => {
  it('detects the panel at an address, with the certificate agreed to for it', async () => {
    const { actions, looks, probes } = await anActionsRig([aRecord({ trusted: certificate })]);
    const told = await actions['panel.probe']({ url: 'panel.example.com/server/1a2b3c4d' });
    expect(told).toEqual({ panelUrl: 'https://panel.example.com', kind: 'pelican' });
    expect(looks).toEqual([{ panelUrl: 'https://panel.example.com', trusted: certificate }]);
    expect(probes).toEqual([]);
  });

  it('makes no request for an incomplete address', async () => {
    const { actions, looks } = await anActionsRig();
    expect(await actions['panel.probe']({ url: 'ftp://pan' })).toBeNull();
    expect(looks).toEqual([]);
  });
});

describe('addAccount', () => {
  it('checks the key first, then stores, records and watches', async () => {
    const { add, clock, panel, probes, saved, stored, store } = await anActionsRig();
    const account = await add();
    expect(probes).toEqual([{ panelUrl: 'https://panel.example.com', key, trusted: null }]);
    expect(panel.asked[0]).toBe('account');
    expect(account).toMatchObject({ id: 'new1', label: 'panel.example.com', user: { username: 'olive' } });
    expect(stored).toEqual(new Map([['new1', `keychain:${key}`]]));
    expect(saved).toEqual([[{ ...aRecord(), id: 'new1' }]]);
    await clock.advance(0);
    expect(store.state.accounts.get('new1')?.state.kind).toBe('ready');
  });

  it.each<ProblemCode>([
    'unauthorized',
    'forbidden',
    'not-a-panel',
    'panel-unreachable',
    'timeout',
    'tls-untrusted',
    'protocol',
    'rate-limited',
  ])('leaves nothing behind when the panel says %s', async (code) => {
    const { add, panel, untouched } = await anActionsRig();
    panel.problems.set('account', aProblem(code));
    await expect(add()).rejects.toMatchObject({ problem: { code } });
    expect(untouched()).toEqual(nothing);
    expect(panel.isClosed).toBe(true);
  });

  it.each<[Partial<HandlerInput<'accounts.add'>>, string]>([
    [{ url: '' }, 'url'],
    [{ url: 'ftp://panel.example.com' }, 'url'],
    [{ url: 'https://me:secret@panel.example.com' }, 'url'],
    [{ key: '  ' }, 'key'],
    [{ key: 'ключ' }, 'key'],
  ])('names the wrong field: %j', async (input, field) => {
    const { add, probes, untouched } = await anActionsRig();
    const error: unknown = await add(input).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(PerchError);
    expect(error instanceof PerchError && Object.keys(error.problem.fields ?? {})).toEqual([field]);
    expect(probes).toEqual([]);
    expect(untouched()).toEqual(nothing);
  });

  it('recognises an application key in any wording of the panel', async () => {
    const { add, panel } = await anActionsRig();
    panel.problems.set('account', aProblem('forbidden'));
    await expect(add({ key: 'ptla_abc' })).rejects.toMatchObject({
      problem: {
        message: saying(/^This is an application key/),
        next: saying('Create a client key in the panel under Profile, API Keys, and enter that key.'),
      },
    });
  });

  it.each<ProblemCode>(['keychain-unavailable', 'keychain-locked'])(
    'leaves nothing behind with %s, and then keeps the key in memory on request',
    async (code) => {
      const { add, failures, saved, stored, untouched } = await anActionsRig();
      failures.store = code;
      await expect(add()).rejects.toMatchObject({ problem: { code } });
      expect(untouched()).toEqual(nothing);
      delete failures.store;
      expect((await add({ keep: 'memory' })).keyStorage).toBe('memory');
      expect([...stored.values()]).toEqual([`memory:${key}`]);
      expect(saved.at(-1)?.[0]?.keyStorage).toBe('memory');
    },
  );

  it('restores the old key if the record cannot be written', async () => {
    const { add, failures, log, untouched } = await anActionsRig();
    failures.save = true;
    await expect(add()).rejects.toMatchObject({ problem: { code: 'internal' } });
    expect(untouched()).toEqual(nothing);
    expect(log.text).not.toContain(key);
  });

  it('pins the certificate that the person agreed to', async () => {
    const { add, clock, probes, saved } = await anActionsRig();
    await add({ trustFingerprint: 'aa:bb:cc' });
    const trusted = { ...certificate, agreedAt: clock.wall() };
    expect(probes[0]?.trusted).toEqual(trusted);
    expect(saved[0]?.[0]?.trusted).toEqual(trusted);
  });

  it('sends nothing to a panel with another certificate', async () => {
    const { add, probes, untouched } = await anActionsRig();
    await expect(add({ trustFingerprint: 'AA:BB:DD' })).rejects.toMatchObject({
      problem: { code: 'tls-untrusted', certificate: { shown: { fingerprint: 'AA:BB:CC' } } },
    });
    expect(probes).toEqual([]);
    expect(untouched()).toEqual(nothing);
  });

  it('gives the reason if no certificate arrived', async () => {
    const { add, failures } = await anActionsRig();
    failures.certificate = new HttpFailure('unknown-host', 'ENOTFOUND');
    await expect(add({ trustFingerprint: 'AA' })).rejects.toMatchObject({
      problem: { code: 'panel-unreachable' },
    });
  });

  it('uses a certificate that was agreed to before for the same panel', async () => {
    const { add, probes } = await anActionsRig([aRecord({ trusted: certificate })]);
    await add();
    expect(probes[0]?.trusted).toEqual(certificate);
  });

  it('replaces the key of a known user', async () => {
    const { add, saved, stored, store } = await anActionsRig([aRecord({ label: 'My panel' })]);
    const account = await add();
    expect(account).toMatchObject({ id: 'home', label: 'My panel' });
    expect([...stored.keys()]).toEqual(['home']);
    expect(saved.at(-1)).toHaveLength(1);
    expect(store.state.accounts.size).toBe(1);
  });

  it('removes the old key from the keychain if the new one stays in memory', async () => {
    const { add, forgotten, saved, stored } = await anActionsRig([aRecord()]);
    stored.set('home', 'keychain:old');
    await add({ keep: 'memory' });
    expect(forgotten).toEqual(['home']);
    expect(stored).toEqual(new Map([['home', `memory:${key}`]]));
    expect(saved.at(-1)?.[0]?.keyStorage).toBe('memory');
    await add({ keep: 'memory' });
    expect(forgotten).toEqual(['home']);
  });

  it('keeps the new key in memory although the keychain is locked', async () => {
    const { add, failures, log, stored } = await anActionsRig([aRecord()]);
    failures.forget = 'keychain-locked';
    expect((await add({ keep: 'memory' })).keyStorage).toBe('memory');
    expect([...stored.values()]).toEqual([`memory:${key}`]);
    expect(log.text).toContain('accounts.forget-failed');
  });

  it('completes a panel that was imported without a key, and keeps its name', async () => {
    const waiting = aRecord({ id: 'waits', label: 'Mine', username: undefined, awaitsKey: true });
    const { add, saved } = await anActionsRig([waiting]);
    expect(await add()).toMatchObject({ id: 'waits', label: 'Mine' });
    const [record] = saved.at(-1) ?? [];
    expect(record).toMatchObject({ id: 'waits', username: 'olive' });
    expect(record?.awaitsKey).toBeUndefined();
  });

  it("leaves an imported panel waiting if the key's user is known already", async () => {
    const waiting = aRecord({ id: 'waits', username: undefined, awaitsKey: true });
    const { add, saved } = await anActionsRig([waiting, aRecord()]);
    expect(await add()).toMatchObject({ id: 'home' });
    expect(saved.at(-1)?.map(({ id, awaitsKey }) => [id, awaitsKey])).toEqual([
      ['waits', true],
      ['home', undefined],
    ]);
  });

  it('keeps another user of the same panel apart', async () => {
    const { add, panel, saved } = await anActionsRig([aRecord()]);
    panel.user = { ...panel.user, username: 'sam' };
    expect(await add()).toMatchObject({ id: 'new1', label: 'panel.example.com (sam)' });
    expect(saved.at(-1)).toHaveLength(2);
  });

  it('adds a panel once after two requests at a time', async () => {
    const { add, store } = await anActionsRig();
    const [one, two] = await Promise.all([add(), add()]);
    expect(one.id).toBe(two.id);
    expect(store.state.accounts.size).toBe(1);
  });
});

describe('setAllServers', () => {
  it('shows an administrator every server of the panel, on disk too, until it is switched off', async () => {
    const { actions, add, panel, saved, store } = await anActionsRig();
    panel.user = { username: 'olive', email: '', isAdmin: true };
    const { id } = await add();
    const all = () => store.state.accounts.get(id)?.allServers;
    expect(all()).toBeUndefined();
    await actions['accounts.setAllServers']({ accountId: id, allServers: true });
    expect(all()).toBe(true);
    expect(saved.at(-1)).toMatchObject([{ id, allServers: true }]);
    // Another key of the same person leaves the setting unchanged.
    await add();
    expect(all()).toBe(true);
    await actions['accounts.setAllServers']({ accountId: id, allServers: false });
    expect(all()).toBeUndefined();
    await expect(
      actions['accounts.setAllServers']({ accountId: 'gone', allServers: true }),
    ).rejects.toMatchObject({ problem: { code: 'not-found' } });
  });
});

describe('renameAccount', () => {
  it('stores the new name on disk and in every list, and uses the host again for an empty name', async () => {
    const { actions, add, saved, store } = await anActionsRig();
    const { id } = await add();
    const label = () => store.state.accounts.get(id)?.label;
    await actions['accounts.rename']({ accountId: id, label: '  My\nservers ' });
    expect(label()).toBe('My servers');
    expect(saved.at(-1)).toMatchObject([{ id, label: 'My servers' }]);
    await actions['accounts.rename']({ accountId: id, label: ' ' });
    expect(label()).toBe('panel.example.com');
  });

  it('changes nothing if the name cannot be written, or the panel is unknown', async () => {
    const { actions, add, failures, store } = await anActionsRig();
    const { id } = await add();
    failures.save = true;
    await expect(actions['accounts.rename']({ accountId: id, label: 'x' })).rejects.toMatchObject({
      problem: { code: 'internal' },
    });
    expect(store.state.accounts.get(id)?.label).toBe('panel.example.com');
    await expect(actions['accounts.rename']({ accountId: 'gone', label: 'x' })).rejects.toMatchObject({
      problem: { code: 'not-found' },
    });
  });

  it('asks the user to unlock a locked keychain, and no other', async () => {
    const { actions, panel, unlocked } = await anActionsRig([aRecord()]);
    for (const [code, times] of [
      ['keychain-silent', 0],
      ['keychain-locked', 1],
    ] as const) {
      panel.problems.set('servers', aProblem(code));
      // The first call meets the problem, the second is the person's retry.
      await actions['accounts.retry']({ accountId: 'home' }).catch(() => undefined);
      unlocked.times = 0;
      await actions['accounts.retry']({ accountId: 'home' }).catch(() => undefined);
      expect(unlocked.times).toBe(times);
    }
  });
});

describe('removeAccount', () => {
  it('forgets key, record and servers', async () => {
    const { actions, add, histories, removed, saved, stored, store } = await anActionsRig();
    const { id } = await add();
    histories.add(`${id}/u0`, 'list');
    histories.add('other/u0', 'list');
    await actions['accounts.remove']({ accountId: id });
    expect([...histories.commands.keys()]).toEqual(['other/u0']);
    expect(removed).toEqual([id]);
    expect(stored.size).toBe(0);
    expect(saved.at(-1)).toEqual([]);
    expect(store.state.accounts.size).toBe(0);
  });

  it('keeps the account if the key cannot be deleted yet', async () => {
    const { actions, failures, store, book } = await anActionsRig([aRecord()]);
    failures.forget = 'keychain-locked';
    await expect(actions['accounts.remove']({ accountId: 'home' })).rejects.toMatchObject({
      problem: { code: 'keychain-locked' },
    });
    expect(store.state.accounts.size).toBe(1);
    expect(book.all).toHaveLength(1);
    failures.forget = 'keychain-unavailable';
    await actions['accounts.remove']({ accountId: 'home' });
    expect(store.state.accounts.size).toBe(0);
  });

  it('withdraws the SFTP key first, and keeps the account if the panel does not drop it', async () => {
    const { actions, book, failures, forgotten, sftp } = await anActionsRig([aRecord()]);
    failures.withdraw = 'panel-unreachable';
    await expect(actions['accounts.remove']({ accountId: 'home' })).rejects.toMatchObject({
      problem: { code: 'panel-unreachable' },
    });
    expect(book.all).toHaveLength(1);
    expect(forgotten).toEqual([]);
    await actions['accounts.remove']({ accountId: 'home', leavesSftpKey: true });
    expect(sftp).toEqual(['withdraw home', 'drop home']);
    expect(book.all).toEqual([]);
  });
});

describe('startDemo', () => {
  it('connects to the sandbox, keeps nothing on disk, and ends it with its account', async () => {
    const { actions, demo, saved, stored, store } = await anActionsRig();
    const account = await actions['demo.start']();
    expect(account).toMatchObject({ label: 'Demo', isDemo: true, keyStorage: 'memory' });
    expect(stored.get(account.id)).toBe(`memory:${key}`);
    expect(saved.flat()).toEqual([]);
    const again = await actions['demo.start']();
    expect(again).toMatchObject({ id: account.id, panelUrl: 'http://127.0.0.1:9001' });
    expect(store.state.accounts.size).toBe(1);
    await actions['accounts.remove']({ accountId: account.id });
    expect(demo.stops).toBe(1);
  });

  it('stops the sandbox if connecting fails', async () => {
    const { actions, demo, panel } = await anActionsRig();
    panel.problems.set('account', aProblem('panel-unreachable'));
    await expect(actions['demo.start']()).rejects.toMatchObject({ problem: { code: 'panel-unreachable' } });
    expect(demo.stops).toBe(1);
  });
});

describe('retryAccount', () => {
  it('asks again, and returns the problem if it still fails', async () => {
    const { actions, panel, store } = await anActionsRig([aRecord()]);
    panel.problems.set('servers', aProblem('unauthorized'));
    await expect(actions['accounts.retry']({ accountId: 'home' })).rejects.toMatchObject({
      problem: { code: 'unauthorized' },
    });
    panel.problems.clear();
    await actions['accounts.retry']({ accountId: 'home' });
    expect(store.state.accounts.get('home')?.state.kind).toBe('ready');
    await expect(actions['accounts.retry']({ accountId: 'gone' })).rejects.toMatchObject({
      problem: { code: 'not-found' },
    });
  });

  it('asks the user to unlock a locked keychain, and no other', async () => {
    const { actions, panel, unlocked } = await anActionsRig([aRecord()]);
    for (const [code, times] of [
      ['keychain-silent', 0],
      ['keychain-locked', 1],
    ] as const) {
      panel.problems.set('servers', aProblem(code));
      // The first call meets the problem, the second is the person's retry.
      await actions['accounts.retry']({ accountId: 'home' }).catch(() => undefined);
      unlocked.times = 0;
      await actions['accounts.retry']({ accountId: 'home' }).catch(() => undefined);
      expect(unlocked.times).toBe(times);
    }
  });
});

describe('allowUnencrypted', () => {
  it('is stored with the panel, and its servers connect again', async () => {
    const { actions, clock, saved, panel } = await anActionsRig([aRecord()]);
    const asked = panel.count('servers');
    await actions['accounts.allowUnencrypted']({ accountId: 'home' });
    expect(saved.at(-1)).toEqual([{ ...aRecord(), unencryptedSince: clock.wall() }]);
    expect(panel.count('servers')).toBeGreaterThan(asked);
    await expect(actions['accounts.allowUnencrypted']({ accountId: 'gone' })).rejects.toMatchObject({
      problem: { code: 'not-found' },
    });
  });

  it('stays when the key is entered again', async () => {
    const { add, saved } = await anActionsRig([aRecord({ unencryptedSince: 5, username: 'owner' })]);
    await add();
    expect(saved.at(-1)?.[0]).toMatchObject({ id: 'home', unencryptedSince: 5 });
  });
});
