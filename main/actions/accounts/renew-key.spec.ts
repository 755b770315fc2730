/** Replaces the key that Perch uses, and cleans up after a replacement that was cut off. */
import { describe, expect, it } from 'vitest';
import { newProblem } from '../../../bridge/errors.js';
import { verbatim } from '../../../messages/messages.js';
import { anActionsRig } from '../../../tests/support/actions-rig.js';
import { aKey } from '../../../tests/support/fake-account-calls.js';
import { refused } from '../../../tests/support/refused.js';

async function connected() {
  const rig = await anActionsRig();
  const { id } = await rig.add();
  const { panel, stored, book } = rig;
  const used = () =>
    stored
      .get(id)
      ?.replace(/^keychain:/, '')
      .slice(0, 16);
  const old = used() ?? '';
  panel.keys = [aKey({ identifier: old, description: 'mine', allowedIps: ['10.0.0.0/8'] })];
  /** Runs a function once the panel has made the new key. */
  const afterMade = (work: () => void): void => {
    const { createApiKey } = panel;
    panel.createApiKey = async (...of) => {
      const made = await createApiKey(...of);
      work();
      return made;
    };
  };
  return { ...rig, id, old, used, afterMade, renewal: () => book.find(id)?.keyRenewal };
}

const problem = (maybeDone?: true) => ({
  ...newProblem('panel-unreachable', verbatim('Away.'), verbatim('Wait.')),
  ...(maybeDone === undefined ? {} : { maybeDone }),
});

describe('account.renewKey', () => {
  it('makes a key with the same addresses, stores it, and only then deletes the old one', async () => {
    const { actions, id, panel, old, used, renewal } = await connected();
    expect(await actions['account.renewKey']({ accountId: id })).toEqual({ left: null });
    expect(panel.keys).toMatchObject([
      { description: expect.stringMatching(/^Perch on desk, /), allowedIps: ['10.0.0.0/8'] },
    ]);
    expect(used()).toBe(panel.keys[0]?.identifier);
    expect(used()).not.toBe(old);
    expect(renewal()).toBeUndefined();
    const asked = panel.asked.filter((one) => /^(createApiKey|account|deleteApiKey)/.test(one));
    expect(asked.slice(-4).map((one) => one.split(' ')[0])).toEqual([
      'createApiKey',
      'account',
      'account',
      'deleteApiKey',
    ]);
  });

  it('changes nothing if the panel refuses a new key', async () => {
    const { actions, id, panel, old, used, renewal } = await connected();
    panel.problems.set('createApiKey', problem());
    await expect(actions['account.renewKey']({ accountId: id })).rejects.toThrow();
    expect([used(), renewal()]).toEqual([old, undefined]);
    expect(panel.keys.map(({ identifier }) => identifier)).toEqual([old]);
  });

  it('deletes the new key if it does not work', async () => {
    const { actions, id, panel, old, used, renewal, afterMade } = await connected();
    afterMade(() => panel.problems.set('account', problem()));
    await expect(actions['account.renewKey']({ accountId: id })).rejects.toThrow();
    expect(used()).toBe(old);
    expect(panel.keys.map(({ identifier }) => identifier)).toEqual([old]);
    expect(renewal()).toBeUndefined();
  });

  it('remembers the new key if neither works', async () => {
    const { actions, id, panel, old, used, renewal, afterMade } = await connected();
    afterMade(() => panel.problems.set('account', problem()));
    panel.problems.set('deleteApiKey', problem());
    await expect(actions['account.renewKey']({ accountId: id })).rejects.toThrow();
    expect(used()).toBe(old);
    expect(renewal()).toMatchObject({ old });
    panel.problems.clear();
    expect(await actions['account.tidyKeys']({ accountId: id })).toEqual({ deleted: 1 });
    expect(panel.keys.map(({ identifier }) => identifier)).toEqual([old]);
    expect(renewal()).toBeUndefined();
  });

  it('says that the old key is left, and deletes it later', async () => {
    const { actions, id, panel, old, used, renewal, store } = await connected();
    panel.problems.set('deleteApiKey', problem());
    expect(await actions['account.renewKey']({ accountId: id })).toEqual({ left: 'mine' });
    expect(used()).not.toBe(old);
    expect(store.state.accounts.get(id)?.keyRenewal?.name).toBe(renewal()?.name);
    panel.problems.clear();
    expect(await actions['account.tidyKeys']({ accountId: id })).toEqual({ deleted: 1 });
    expect(panel.keys.map(({ identifier }) => identifier)).toEqual([used()]);
    expect(store.state.accounts.get(id)?.keyRenewal).toBeUndefined();
  });

  it('finds a key whose answer was lost by its name', async () => {
    const { actions, id, panel, old, renewal } = await connected();
    panel.problems.set('createApiKey', problem(true));
    await expect(actions['account.renewKey']({ accountId: id })).rejects.toThrow();
    const name = renewal()?.name ?? '';
    expect(name).not.toBe('');
    panel.problems.clear();
    panel.keys.push(aKey({ identifier: 'ptlc_Lost0000000', description: name }));
    expect(await actions['account.tidyKeys']({ accountId: id })).toEqual({ deleted: 1 });
    expect(panel.keys.map(({ identifier }) => identifier)).toEqual([old]);
  });

  it('leaves the old key alone if Perch uses a third one by now', async () => {
    const { actions, id, panel, old, renewal, book } = await connected();
    await book.patch(id, () => ({ keyRenewal: { name: 'cut off', old: 'ptlc_Other000000', at: 0 } }));
    panel.keys.push(
      aKey({ identifier: 'ptlc_Other000000' }),
      aKey({ identifier: 'ptlc_Cut00000000', description: 'cut off' }),
    );
    expect(await actions['account.tidyKeys']({ accountId: id })).toEqual({ deleted: 1 });
    expect(panel.keys.map(({ identifier }) => identifier)).toEqual([old, 'ptlc_Other000000']);
    expect(renewal()).toBeUndefined();
  });

  it('replaces no key that is only in memory, where the new key would be lost', async () => {
    const { actions, add, panel } = await connected();
    const { id } = await add({ keep: 'memory' });
    expect(await refused(actions['account.renewKey']({ accountId: id }))).toMatchObject({
      code: 'conflict',
      message: { id: 'actions.key-in-memory' },
    });
    expect(panel.keys).toHaveLength(1);
  });

  it('makes no key with more rights than the old one, whose addresses nobody knows', async () => {
    const { actions, id, panel, old, used } = await connected();
    panel.keys = [aKey({ identifier: 'ptlc_Other000000' })];
    expect(await refused(actions['account.renewKey']({ accountId: id }))).toMatchObject({
      message: { id: 'actions.key-unlisted' },
    });
    expect(used()).toBe(old);
    expect(panel.keys).toHaveLength(1);
  });

  it('deletes no new key that the keychain has', async () => {
    const { actions, id, panel, fleet, used, renewal } = await connected();
    const { addAccount } = fleet;
    fleet.addAccount = () => {
      throw new Error('The fleet is broken.');
    };
    await expect(actions['account.renewKey']({ accountId: id })).rejects.toThrow();
    expect(panel.keys.map(({ identifier }) => identifier)).toContain(used());
    expect(renewal()).toBeDefined();
    fleet.addAccount = addAccount;
    expect(await actions['account.tidyKeys']({ accountId: id })).toEqual({ deleted: 1 });
    expect(panel.keys.map(({ identifier }) => identifier)).toEqual([used()]);
  });

  it('does not bring back a panel that is removed meanwhile', async () => {
    const { actions, id, panel, book, stored } = await connected();
    await Promise.all([
      actions['account.renewKey']({ accountId: id }),
      actions['accounts.remove']({ accountId: id }),
    ]);
    expect([book.find(id), stored.size, panel.keys.length]).toEqual([null, 0, 1]);
    expect(await refused(actions['account.renewKey']({ accountId: id }))).toMatchObject({
      code: 'not-found',
    });
    expect(panel.keys).toHaveLength(1);
  });

  it('keeps every change that the record gets meanwhile', async () => {
    const { actions, id, stored, book } = await connected();
    const set = stored.set.bind(stored);
    stored.set = (...of) => {
      void book.patch(id, () => ({ unencryptedSince: 5 }));
      return set(...of);
    };
    await actions['account.renewKey']({ accountId: id });
    expect(book.find(id)).toMatchObject({ unencryptedSince: 5 });
  });

  it('keeps the old key if the new key belongs to somebody else', async () => {
    const { actions, id, panel, used, old, afterMade } = await connected();
    afterMade(() => (panel.user = { ...panel.user, username: 'mallory' }));
    expect(await refused(actions['account.renewKey']({ accountId: id }))).toMatchObject({ code: 'protocol' });
    expect(used()).toBe(old);
  });
});

describe('the key that Perch uses', () => {
  it('is marked, and cannot be deleted', async () => {
    const { actions, id, panel, old } = await connected();
    panel.keys.push(aKey({ identifier: 'ptlc_Other000000' }));
    const { keys } = await actions['account.view']({ accountId: id });
    expect(keys.map(({ identifier, isUsed }) => [identifier, isUsed])).toEqual([
      [old, true],
      ['ptlc_Other000000', false],
    ]);
    expect(await refused(actions['account.deleteKey']({ accountId: id, identifier: old }))).toMatchObject({
      code: 'conflict',
    });
    await actions['account.deleteKey']({ accountId: id, identifier: 'ptlc_Other000000' });
    expect(panel.keys).toHaveLength(1);
  });
});

describe('a user with another name', () => {
  it('at the panel is no other user', async () => {
    const { actions, id, panel, book, store, used } = await connected();
    panel.user = { ...panel.user, username: 'renamed' };
    await actions['account.renewKey']({ accountId: id });
    expect(panel.keys.map(({ identifier }) => identifier)).toEqual([used()]);
    expect(book.find(id)?.username).toBe('renamed');
    expect(store.state.accounts.get(id)?.user?.username).toBe('renamed');
  });

  it('has that name in Perch at once', async () => {
    const { actions, id, panel, book, store } = await connected();
    const { changeUsername, changeEmail } = panel;
    panel.changeUsername = async (username, password) => {
      await changeUsername(username, password);
      panel.user = { ...panel.user, username };
    };
    panel.changeEmail = async (email, password) => {
      await changeEmail(email, password);
      panel.user = { ...panel.user, email };
    };
    const password = 'horse';
    await actions['account.setUsername']({ accountId: id, username: 'renamed', password });
    await actions['account.setEmail']({ accountId: id, email: 'new@example.com', password });
    expect(book.find(id)?.username).toBe('renamed');
    expect(store.state.accounts.get(id)?.user).toMatchObject({
      username: 'renamed',
      email: 'new@example.com',
    });
  });
});

describe('account.makeKey', () => {
  it('leaves no key that nobody has', async () => {
    const { actions, id, panel, clipboard } = await connected();
    Object.defineProperty(clipboard, 'text', {
      set: () => {
        throw new Error('The clipboard is busy.');
      },
    });
    const input = { accountId: id, description: 'laptop', allowedIps: [] };
    await expect(actions['account.makeKey'](input)).rejects.toThrow();
    expect(panel.keys.map(({ description }) => description)).toEqual(['mine']);
  });
});

describe('secrets', () => {
  it('of a new key reach the clipboard or the keychain, and nothing else', async () => {
    const { actions, id, clipboard, saved, log, store } = await connected();
    const made = await actions['account.makeKey']({ accountId: id, description: 'laptop', allowedIps: [] });
    expect(made).toBeUndefined();
    expect(clipboard.text).toMatch(/^ptlc_New\d{8}secret1x+$/);
    const renewed = await actions['account.renewKey']({ accountId: id });
    const seen = JSON.stringify([
      renewed,
      saved,
      [...store.state.accounts],
      await actions['account.view']({ accountId: id }),
    ]);
    expect(seen + log.text).not.toMatch(/secret\d/);
  });

  it('of a changed password go to the panel alone', async () => {
    const { actions, id, panel, log } = await connected();
    await actions['account.setPassword']({ accountId: id, current: 'old horse', next: 'new horse' });
    await actions['account.setEmail']({ accountId: id, email: 'a@example.com', password: 'old horse' });
    expect(panel.asked).toContain('changePassword');
    expect(log.text).not.toMatch(/horse/);
  });
});
