/** SFTP through main: keys with a real panel, connections and files with a node that speaks SFTP. */
import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { PerchError, type Problem } from '../../bridge/errors.js';
import { dialects } from '../../sandbox/panel/dialects.js';
import { aBackupPerch } from '../../tests/support/backup-perch.js';
import { eventually } from '../../tests/support/backup-stage.js';
import { FakeKeychain } from '../../tests/support/fake-keychain.js';

const megabyte = 1_048_576;

/** The problem of a call; null = it has none. */
async function problemOf(run: Promise<unknown>): Promise<Problem | null> {
  try {
    await run;
    return null;
  } catch (error) {
    if (error instanceof PerchError) return error.problem;
    throw error;
  }
}

describe.each(Object.keys(dialects))('SFTP of %s', (dialect) => {
  const keychain = new FakeKeychain();
  let it: Awaited<ReturnType<typeof aBackupPerch>>;
  let here: string;

  const server = () => it.named('Survival');
  const serverId = () => server()?.id ?? '';
  const accountId = () => server()?.accountId ?? '';
  const sftp = () => it.store.state.accounts.get(accountId())?.sftp;
  const tryIt = () => it.calls['sftp.try']({ serverId: serverId() });
  const order = (fields: Record<string, unknown>) =>
    it.stage.control.order({ node: server()?.node, ...fields });
  const registered = async (): Promise<string[]> => {
    const { text } = await it.stage.control.ask('owner', 'GET', '/account/ssh-keys');
    const { data } = JSON.parse(text) as { data: { attributes: { fingerprint: string } }[] };
    return data.map(({ attributes }) => `SHA256:${attributes.fingerprint}`);
  };
  const lay = (name: string, content: Buffer): string => {
    const path = join(here, name);
    writeFileSync(path, content);
    return path;
  };
  const upload = async (source: string, by?: 'sftp'): Promise<void> => {
    const plan = await it.uploads.plan(serverId(), { folder: '/', sources: [source] });
    const wanted = plan.wanted.map((one) => (by === undefined ? one : { ...one, by }));
    await it.uploads.begin({ ...plan, wanted });
  };
  const states = () => it.transfers.current.map(({ label, state }) => `${label} ${state}`);
  const forget = async (): Promise<void> => {
    for (const { id } of it.transfers.current) await it.transfers.cancel(id);
    await eventually(
      () => it.transfers.current.length,
      (count) => count === 0,
    );
  };

  beforeAll(async () => {
    it = await aBackupPerch(dialect, keychain);
    here = join(it.dataFolder, 'here');
    mkdirSync(here);
    await it.connect('owner');
    await it.listed();
    await it.calls['sftp.setUp']({ serverId: serverId() });
  });
  afterEach(async () => {
    await order({
      do: 'sftp',
      rate: null,
      cutAt: null,
      refusesKeys: false,
      readOnly: false,
      isSilent: false,
    });
    await it.stage.control.order({ do: 'disk-limit', server: 'Survival', mb: 1000 });
    await forget();
  });
  afterAll(() => it.stop());

  test('a key is kept here, registered with the panel, and taken by the node', async () => {
    expect(await registered()).toEqual([sftp()?.fingerprint]);
    expect([...keychain.entries.keys()].sort()).toEqual([
      `perch/${accountId()}`,
      `perch/sftp-${accountId()}`,
    ]);
    await tryIt();
    const { result } = await order({ do: 'sftp' });
    const { hostKey, users } = result as { hostKey: string; users: string[] };
    expect(users).toEqual([expect.stringMatching(/^olive\.[0-9a-f]{8}$/)]);
    expect(sftp()?.hosts).toMatchObject([{ type: 'ssh-ed25519', fingerprint: hostKey }]);
    const secret = /"secret":"([^"]+)"/.exec(keychain.entries.get(`perch/sftp-${accountId()}`) ?? '')?.[1];
    expect(readFileSync(join(it.dataFolder, 'accounts.json'), 'utf8')).not.toContain(secret);
  });

  test('a node that refuses the key, or is not there, says so', async () => {
    await order({ do: 'sftp', refusesKeys: true });
    await order({ do: 'cut-sftp' });
    await eventually(
      () => problemOf(tryIt()),
      (problem) => problem?.message.id === 'sftp.refused',
    );
    await order({ do: 'sftp', refusesKeys: false });
    await tryIt();
  });

  test('a changed host key ends the connection until a person trusts the key that was shown', async () => {
    await tryIt();
    const before = sftp()?.hosts[0]?.fingerprint;
    const { result } = await order({ do: 'sftp-host-key' });
    const { hostKey: now } = result as { hostKey: string };
    await order({ do: 'cut-sftp' });
    const problem = await eventually(
      () => problemOf(tryIt()),
      (found) => found?.code === 'host-key-changed',
    );
    expect(problem?.hostKey).toMatchObject({ pinned: before, shown: now });
    const trust = (fingerprint: string) => it.calls['sftp.trustHost']({ serverId: serverId(), fingerprint });
    expect((await problemOf(trust(`SHA256:${'A'.repeat(43)}`)))?.message.id).toBe('sftp.other-host-key');
    expect((await problemOf(tryIt()))?.code).toBe('host-key-changed');
    await trust(now);
    await tryIt();
    expect(sftp()?.hosts).toHaveLength(1);
  });

  test('a connection that is cut leaves nothing under the final name, and the upload begins again', async () => {
    const content = randomBytes(5 * megabyte);
    await order({ do: 'sftp', cutAt: 2 * megabyte });
    await upload(lay('cut.bin', content), 'sftp');
    await eventually(states, ([state]) => state === 'cut.bin resting');
    expect(it.transfers.current[0]?.problem?.message.id).toBe('sftp.cut');
    expect(it.stage.files()).not.toContain('cut.bin');
    await order({ do: 'sftp', cutAt: null });
    await eventually(states, ([state]) => state === 'cut.bin done');
    expect(readFileSync(join(it.stage.folderOf('Survival'), 'cut.bin')).equals(content)).toBe(true);
    expect(it.stage.files().filter((name) => name.startsWith('.'))).toEqual([]);
  });

  test('a server without room, and a node that changes nothing, wait for a person', async () => {
    await it.stage.control.order({ do: 'disk-limit', server: 'Survival', mb: 1 });
    await upload(lay('full.bin', randomBytes(5 * megabyte)), 'sftp');
    await eventually(states, ([state]) => state === 'full.bin failed');
    expect(it.transfers.current[0]?.problem?.message.id).toBe('transfers.server-full');
    expect(it.stage.files()).not.toContain('full.bin');
    // Also the part, before anybody removes the transfer: the game needs the room.
    await eventually(
      () => it.stage.files().filter((name) => name.startsWith('.')),
      (hidden) => hidden.length === 0,
    );
  });

  // Long, and independent of the panel.
  if (dialect === 'panel-1.12') {
    test('a file above the limit of the node goes over SFTP, without an error in between', async () => {
      const content = Buffer.concat([Buffer.alloc(100 * megabyte), randomBytes(1000)]);
      await upload(lay('large.bin', content));
      await eventually(states, ([state]) => state === 'large.bin done' || state === 'large.bin failed');
      expect(it.transfers.current).toMatchObject([{ state: 'done', by: 'sftp', problem: null }]);
      expect(readFileSync(join(it.stage.folderOf('Survival'), 'large.bin')).equals(content)).toBe(true);
      expect(it.stage.files().filter((name) => name.startsWith('.'))).toEqual([]);
      // From now on the limit is known.
      const { wanted } = await it.uploads.plan(serverId(), {
        folder: '/',
        sources: [join(here, 'large.bin')],
      });
      expect(wanted).toMatchObject([{ by: 'sftp' }]);
    });

    test('a node that falls silent ends the connection', async () => {
      await order({ do: 'cut-sftp' });
      await order({ do: 'sftp', isSilent: true });
      expect((await problemOf(tryIt()))?.code).toBe('timeout');
    });
  }

  test('removing the panel withdraws the key, and says so if the panel does not answer', async () => {
    await it.calls['sftp.withdraw']({ accountId: accountId() });
    expect(await registered()).toEqual([]);
    expect([...keychain.entries.keys()]).toEqual([`perch/${accountId()}`]);
    expect((await problemOf(tryIt()))?.message.id).toBe('sftp.not-set-up');
    await it.calls['sftp.setUp']({ serverId: serverId() });
    const id = accountId();
    await it.stage.control.order({ do: 'panel', maintenance: {} });
    expect((await problemOf(it.calls['accounts.remove']({ accountId: id })))?.message.id).toBe(
      'sftp.not-withdrawn',
    );
    await it.stage.control.order({ do: 'panel', maintenance: null });
    await it.calls['accounts.remove']({ accountId: id });
    expect(await registered()).toEqual([]);
    expect(keychain.entries.size).toBe(0);
  });
});
