/**
 * Two Perches with the same key act on the same server in the same moment, and answers get lost after the panel has done
 * the work: neither Perch does the work twice, both report the true outcome, and no new secret reaches a file or a log.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { aBackupPerch } from '../tests/support/backup-perch.js';
import { FakeKeychain } from '../tests/support/fake-keychain.js';
import { refused } from '../tests/support/refused.js';
import { sshKeyPair } from '../tests/support/ssh-key-pair.js';

const keptKey = z.object({ secret: z.string() });
type Perch = Awaited<ReturnType<typeof aBackupPerch>>;

/** Files of Perch, and its log, that hold the text. */
function holding({ dataFolder, log }: Perch, secret: string): string[] {
  const files = readdirSync(dataFolder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));
  return [
    ...files.filter((file) => readFileSync(file).includes(secret)),
    ...(log.text.includes(secret) ? ['log'] : []),
  ];
}

describe.each(['panel-1.11', 'pelican'])('%s', (dialect) => {
  let keychain: FakeKeychain;
  let one: Perch;
  let other: Perch;

  beforeEach(async () => {
    keychain = new FakeKeychain();
    one = await aBackupPerch(dialect, keychain);
    other = await aBackupPerch(dialect, new FakeKeychain(), one.stage);
    for (const perch of [one, other]) {
      await perch.connect('owner');
      await perch.listed();
    }
    await order({ do: 'panel', allocationPorts: { from: 30_000, to: 30_050 } });
    const allocations = [25_565, 8123, 8124].map((port) => ({ ip: '127.0.0.1', port }));
    await order({ do: 'allocations', server: 'Survival', allocations, limit: 20 });
    await order({ do: 'database-limit', server: 'Survival', limit: 20 });
    for (const { uuid } of await people()) await one.calls['people.remove']({ ...of(one), person: uuid });
  });
  afterEach(async () => {
    await other.stop();
    await one.stop();
  });

  const order = (wanted: Record<string, unknown>) => one.stage.control.order(wanted);
  const of = (perch: Perch) => ({ serverId: perch.named('Survival')?.id ?? '' });
  const at = (perch: Perch) => ({ accountId: [...perch.store.state.accounts.keys()][0] ?? '' });
  const addresses = () => one.calls['network.list'](of(one));
  const databases = () => one.calls['databases.list'](of(one));
  const people = () => one.calls['people.list'](of(one));
  const account = () => one.calls['account.view'](at(one));
  const password = (perch: Perch, database: string) =>
    perch.calls['databases.showPassword']({ ...of(perch), database });
  /** The next answer to this kind of request gets lost. */
  const lose = (method: string, path: string, carriedOut = true) =>
    order({ do: 'wire', wire: { how: 'reset', carriedOut, method, path, times: 1 } });

  describe('two at once', () => {
    it('add an address each, and remove the same one together', async () => {
      const lists = await Promise.all([one, other].map((perch) => perch.calls['network.add'](of(perch))));
      const added = (await addresses()).slice(3).map(({ id }) => id);
      expect(added).toHaveLength(2);
      for (const [place, list] of lists.entries())
        expect(
          list.map(({ id }) => id),
          String(place),
        ).toContain(added.find((id) => list.at(-1)?.id === id));
      const last = (await addresses()).at(-1)?.id ?? 0;
      for (const list of await Promise.all(
        [one, other].map((perch) => perch.calls['network.remove']({ ...of(perch), allocation: last })),
      ))
        expect(list.map(({ id }) => id)).not.toContain(last);
      expect(await addresses()).toHaveLength(4);
    });

    it('give the same database a new password: both see the valid password', async () => {
      const { id, name } = await one.calls['databases.create']({ ...of(one), name: 'main', from: '%' });
      const before = await password(one, id);
      await Promise.all(
        [one, other].map((perch) => perch.calls['databases.rotate']({ ...of(perch), database: id })),
      );
      const after = await password(one, id);
      expect(after).not.toEqual(before);
      expect(await password(other, id)).toEqual(after);
      const gone = { database: id, typed: name };
      await Promise.all(
        [one, other].map((perch) => perch.calls['databases.remove']({ ...of(perch), ...gone })),
      );
      expect(await databases()).toEqual([]);
      for (const perch of [one, other]) expect(holding(perch, after.password)).toEqual([]);
    });

    it('share with the same person once, and nobody comes back by a change', async () => {
      const email = 'guest@example.com';
      const give = (perch: Perch) =>
        perch.perch('people', 'Survival', 'give', email, '--permissions', 'control.start', '--yes');
      const said = await Promise.all([give(one), give(other)]);
      // The command line takes somebody with the wished permissions for done.
      expect(said.map(({ code }) => code)).toEqual([0, 0]);
      const [guest, ...more] = await people();
      expect([guest?.email, more]).toEqual([email, []]);
      const { uuid: person = '', permissions: replaces = [] } = guest ?? {};
      const [removal, change] = await Promise.allSettled([
        one.calls['people.remove']({ ...of(one), person }),
        other.calls['people.change']({ ...of(other), person, permissions: ['control.stop'], replaces }),
      ]);
      expect(removal.status).toBe('fulfilled');
      if (change.status === 'rejected')
        expect(change.reason).toMatchObject({ problem: { code: 'not-found' } });
      expect(await people()).toEqual([]);
    });
  });

  describe('a lost answer', () => {
    it.each([true, false])('about addresses is looked up (carried out: %s)', async (isDone) => {
      const [, first, last] = await addresses();
      const changes = {
        'network.add': ['POST', '/network/allocations', {}],
        'network.note': [
          'POST',
          '/network/allocations/',
          { allocation: first?.id ?? 0, notes: 'map', replaces: '' },
        ],
        'network.makeDefault': ['POST', '/primary', { allocation: first?.id ?? 0 }],
        'network.remove': ['DELETE', '/network/allocations/', { allocation: last?.id ?? 0 }],
      } as const;
      for (const [name, [method, path, input]] of Object.entries(changes)) {
        const before = await addresses();
        await lose(method, path, isDone);
        const call = one.calls[name as 'network.remove']({
          ...of(one),
          ...(input as { allocation: number }),
        });
        if (isDone && name === 'network.add') {
          // Nobody knows whether the other Perch added the address.
          const { said, maybeDone } = await refused(call);
          const added = (await addresses()).at(-1)?.port ?? 0;
          expect([said.includes(String(added)), maybeDone], name).toEqual([true, true]);
        } else if (isDone) expect(await call, name).toEqual(await addresses());
        else expect(await refused(call), name).toMatchObject({ maybeDone: true });
        expect(JSON.stringify(await addresses()) === JSON.stringify(before), name).toBe(!isDone);
      }
    });

    it('about a database is looked up, and about a new password by comparison', async () => {
      await lose('POST', '/databases');
      const { id, name } = await one.calls['databases.create']({ ...of(one), name: 'main', from: '%' });
      const before = await password(one, id);
      await lose('POST', '/rotate-password', false);
      const rotate = () => one.calls['databases.rotate']({ ...of(one), database: id });
      expect(await refused(rotate())).toMatchObject({
        maybeDone: true,
        next: { id: 'actions.password-same' },
      });
      expect(await password(one, id)).toEqual(before);
      await lose('POST', '/rotate-password');
      expect(await rotate()).toMatchObject({ id, name });
      expect(await password(one, id)).not.toEqual(before);
      await lose('DELETE', '/databases/');
      await one.calls['databases.remove']({ ...of(one), database: id, typed: name });
      expect(await databases()).toEqual([]);
    });

    it('about a person is looked up, for the command line too', async () => {
      await lose('POST', '/users');
      const give = [
        'people',
        'Survival',
        'give',
        'guest@example.com',
        '--permissions',
        'control.start',
        '--yes',
      ];
      expect(await one.perch(...give)).toMatchObject({ code: 0, err: '' });
      const [guest] = await people();
      await lose('POST', '/users/');
      const { uuid: person = '', permissions: replaces = [] } = guest ?? {};
      await one.calls['people.change']({ ...of(one), person, permissions: ['control.stop'], replaces });
      await lose('DELETE', '/users/');
      expect(await one.perch('people', 'Survival', 'remove', 'guest@example.com', '--yes')).toMatchObject({
        code: 0,
      });
      expect(await people()).toEqual([]);
    });

    it('about the account is looked up, and a key that nobody can read is reported', async () => {
      await lose('POST', '/api-keys');
      const made = one.calls['account.makeKey']({ ...at(one), description: 'lost', allowedIps: [] });
      expect(await refused(made)).toMatchObject({ maybeDone: true, next: { id: 'panel.maybe-key' } });
      const lost = (await account()).keys.find(({ description }) => description === 'lost');
      await lose('DELETE', '/api-keys/');
      await one.calls['account.deleteKey']({ ...at(one), identifier: lost?.identifier ?? '' });
      await lose('POST', '/ssh-keys');
      await one.calls['account.addSshKey']({ ...at(one), name: 'desk', publicKey: sshKeyPair().public });
      const [desk] = (await account()).sshKeys;
      const isSlashed = dialect === 'pelican' && desk?.fingerprint.includes('/') === true;
      await lose(dialect === 'pelican' ? 'DELETE' : 'POST', '/ssh-keys/');
      const removal = one.calls['account.removeSshKey']({ ...at(one), fingerprint: desk?.fingerprint ?? '' });
      if (isSlashed) await refused(removal);
      else await removal;
      const { keys, sshKeys } = await account();
      expect([keys.length, sshKeys.length]).toEqual([1, isSlashed ? 1 : 0]);
    });
  });

  it('one replaces the common key while the other reads: one key is left, and no file has it', async () => {
    const old = one.stage.control.keyOf('owner');
    const reads = Promise.allSettled([
      other.calls['network.list'](of(other)),
      other.calls['people.list'](of(other)),
      other.calls['account.view'](at(other)),
    ]);
    expect(await one.calls['account.renewKey'](at(one))).toEqual({ left: null });
    for (const read of await reads)
      if (read.status === 'rejected')
        expect(read.reason).toMatchObject({ problem: { code: 'unauthorized' } });
    expect(await refused(other.calls['network.list'](of(other)))).toMatchObject({ code: 'unauthorized' });
    expect(await refused(other.calls['account.renewKey'](at(other)))).toMatchObject({ code: 'unauthorized' });
    const { keys } = await account();
    expect(keys.map(({ isUsed }) => isUsed)).toEqual([true]);
    const kept = [...keychain.entries.values()].map((entry) => keptKey.parse(JSON.parse(entry)).secret);
    const secrets = [old, ...kept].map((key) => key.slice(16));
    expect(secrets.map(({ length }) => length)).toEqual([32, 32]);
    for (const secret of secrets) expect([...holding(one, secret), ...holding(other, secret)]).toEqual([]);
  });
});
