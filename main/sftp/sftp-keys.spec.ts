import { beforeEach, describe, expect, it } from 'vitest';
import { PerchError, type ProblemCode } from '../../bridge/errors.js';
import { aProblem } from '../../tests/support/a-problem.js';
import { FakeClock } from '../../tests/support/fake-clock.js';
import { FakeKeychain } from '../../tests/support/fake-keychain.js';
import { FakeLog } from '../../tests/support/fake-log.js';
import { aRecord, FakePanel } from '../../tests/support/fleet-fakes.js';
import { AccountBook } from '../actions/account-book.js';
import { KeychainFailure, type AccountRecord } from '../base/ports.js';
import { KeychainVault } from '../disk/vault.js';
import { blobOf, fingerprintOf } from './key-pair.js';
import { SftpKeys } from './sftp-keys.js';

let panel: FakePanel;
let keychain: FakeKeychain;
let log: FakeLog;
let saved: AccountRecord[][];

beforeEach(() => {
  panel = new FakePanel();
  keychain = new FakeKeychain();
  log = new FakeLog();
  saved = [];
});

async function setUp(record: Partial<AccountRecord> = {}) {
  const clock = new FakeClock();
  const book = new AccountBook({
    load: async () => [aRecord(record)],
    save: async (all) => void saved.push([...all]),
  });
  await book.load();
  const vault = new KeychainVault({ loadKeychain: async () => keychain, clock, platform: 'linux' });
  const keys = new SftpKeys({
    book,
    vault,
    clock,
    log,
    computer: () => 'olive\u0007laptop\n',
    panelOf: () => ({
      add: (name, publicKey) => panel.addSshKey(name, publicKey),
      remove: (fingerprint) => panel.removeSshKey(fingerprint),
    }),
  });
  return { book, keys, vault, record: () => book.find('home') };
}

/** The panel carries out the request, but its answer is lost. */
function loseAnswers(call: 'addSshKey'): void {
  const run = panel[call];
  panel[call] = async (...args) => {
    await run(...args);
    throw new PerchError(aProblem('timeout'));
  };
}

const kept = (): string | null => [...keychain.entries.values()].join('\n') || null;

describe('setting up SFTP', () => {
  it('keeps the private part in the keychain, and registers the public part', async () => {
    const { keys, record } = await setUp();
    expect(keys.isOn('home')).toBe(false);
    await keys.setUp('home');
    expect(keys.isOn('home')).toBe(true);
    const key = record()?.sftp;
    expect(panel.registered).toMatchObject([
      { name: 'Perch on olive laptop', fingerprint: key?.fingerprint.replace('SHA256:', '') },
    ]);
    expect(fingerprintOf(blobOf(key?.publicKey ?? ''))).toBe(key?.fingerprint);
    const secret = /"secret":"([^"]+)"/.exec(kept() ?? '')?.[1] ?? 'none';
    expect(Buffer.from(secret, 'base64')).toHaveLength(48);
    expect(JSON.stringify(saved)).not.toContain(secret);
    expect(log.text).not.toContain(secret);
  });

  it('signs with the private part, for the panel for which it was made only', async () => {
    const { book, keys } = await setUp();
    await keys.setUp('home');
    const { sign } = keys.signerOf('home');
    expect(await sign(Buffer.from('data'))).toHaveLength(64);
    await book.patch('home', () => ({ panelUrl: 'https://attacker.example' }));
    await expect(keys.signerOf('home').sign(Buffer.from('data'))).rejects.toMatchObject({
      problem: { code: 'conflict', message: { id: 'sftp.key-lost' } },
    });
  });

  it('again replaces the key: the panel has only the new one', async () => {
    const { keys, record } = await setUp();
    await keys.setUp('home');
    const before = record()?.sftp?.fingerprint;
    await keys.setUp('home');
    expect(record()?.sftp?.fingerprint).not.toBe(before);
    expect(panel.registered).toHaveLength(1);
    expect(keychain.entries.size).toBe(1);
  });

  it('twice at a time leaves one key', async () => {
    const { keys } = await setUp();
    await Promise.all([keys.setUp('home'), keys.setUp('home')]);
    expect(panel.registered).toHaveLength(1);
  });

  it.each<ProblemCode>(['invalid', 'forbidden', 'unauthorized', 'rate-limited', 'timeout'])(
    'leaves nothing behind when the panel says %s',
    async (code) => {
      const { keys, record } = await setUp();
      panel.problems.set('addSshKey', aProblem(code));
      await expect(keys.setUp('home')).rejects.toMatchObject({ problem: { code } });
      expect(record()?.sftp).toBeUndefined();
      expect(kept()).toBeNull();
    },
  );

  it('removes a key that the panel took although its answer was lost', async () => {
    const { keys, record } = await setUp();
    loseAnswers('addSshKey');
    await expect(keys.setUp('home')).rejects.toMatchObject({ problem: { code: 'timeout' } });
    expect(panel.registered).toEqual([]);
    expect(record()?.sftp).toBeUndefined();
  });

  it('remembers a key that the panel may have, and removes it at the next attempt', async () => {
    const { keys, record } = await setUp();
    const { addSshKey } = panel;
    loseAnswers('addSshKey');
    panel.problems.set('removeSshKey', aProblem('panel-unreachable'));
    await expect(keys.setUp('home')).rejects.toMatchObject({ problem: { code: 'timeout' } });
    expect(panel.registered).toHaveLength(1);
    expect(record()?.sftp?.isPending).toBe(true);
    expect(keys.isOn('home')).toBe(false);
    expect(() => keys.signerOf('home')).toThrow(PerchError);
    panel.problems.clear();
    panel.addSshKey = addSshKey;
    await keys.setUp('home');
    expect(panel.registered).toHaveLength(1);
    expect(keys.isOn('home')).toBe(true);
  });

  it('registers nothing while the keychain is locked', async () => {
    const { keys, record } = await setUp();
    keychain.failure = new KeychainFailure('locked');
    await expect(keys.setUp('home')).rejects.toMatchObject({ problem: { code: 'keychain-locked' } });
    expect(panel.registered).toEqual([]);
    expect(panel.asked.filter((call) => call.startsWith('addSshKey'))).toEqual([]);
    keychain.failure = null;
    await keys.setUp('home');
    expect(record()?.sftp?.isPending).toBeUndefined();
  });

  it('refuses an account whose API key is only in memory', async () => {
    const { keys } = await setUp({ keyStorage: 'memory' });
    await expect(keys.setUp('home')).rejects.toMatchObject({ problem: { code: 'keychain-unavailable' } });
    expect(panel.registered).toEqual([]);
  });
});

describe('withdrawing SFTP', () => {
  it('removes the key from the panel and the keychain', async () => {
    const { keys, record } = await setUp();
    await keys.setUp('home');
    await keys.withdraw('home');
    expect(panel.registered).toEqual([]);
    expect(kept()).toBeNull();
    expect(record()?.sftp).toBeUndefined();
    await keys.withdraw('home');
    expect(panel.asked.filter((call) => call.startsWith('removeSshKey'))).toHaveLength(1);
  });

  it.each<ProblemCode>(['panel-unreachable', 'not-found'])(
    'keeps the key if the removal ends with %s, and names it',
    async (code) => {
      const { keys } = await setUp();
      await keys.setUp('home');
      panel.problems.set('removeSshKey', aProblem(code));
      await expect(keys.withdraw('home')).rejects.toMatchObject({
        problem: {
          code,
          message: { id: 'sftp.not-withdrawn' },
          next: { values: { name: 'Perch on olive laptop' } },
        },
      });
      expect(keys.isOn('home')).toBe(true);
      expect(await keys.signerOf('home').sign(Buffer.from('data'))).toHaveLength(64);
    },
  );

  it('removes the key from this computer alone if the person leaves it with the panel', async () => {
    const { keys, record } = await setUp();
    await keys.setUp('home');
    await keys.drop('home');
    expect(panel.registered).toHaveLength(1);
    expect(kept()).toBeNull();
    expect(record()?.sftp).toBeUndefined();
  });
});
