import { beforeEach, describe, expect, it } from 'vitest';
import { PerchError, type Problem } from '../../bridge/errors.js';
import { FakeKeychain } from '../../tests/support/fake-keychain.js';
import { FakeClock, settle } from '../../tests/support/fake-clock.js';
import { KeychainFailure, type Keychain } from '../base/ports.js';
import { KeychainVault } from './vault.js';
import { saying } from '../../tests/support/spoken-problem.js';

const home = 'https://panel.example.com';
const key = 'ptlc_aaaaaaaaaaabbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb';

let keychain: FakeKeychain;
let clock: FakeClock;
let loads: number;
let changes: number;

beforeEach(() => {
  keychain = new FakeKeychain();
  clock = new FakeClock();
  loads = 0;
  changes = 0;
});

function vaultOf(platform: NodeJS.Platform = 'linux', loadKeychain?: () => Promise<Keychain>) {
  return new KeychainVault({
    clock,
    platform,
    changed: () => changes++,
    loadKeychain:
      loadKeychain ??
      (() => {
        loads++;
        return Promise.resolve(keychain);
      }),
  });
}

const secretOf = (id: string, keyStorage: 'keychain' | 'memory' = 'keychain', goesTo = home) => ({
  id,
  keyStorage,
  goesTo,
});

const read = (vault: KeychainVault, id = 'home', keep: 'keychain' | 'memory' = 'keychain', goesTo = home) =>
  vault.use(secretOf(id, keep, goesTo), (found) => Promise.resolve(found));

/** Form in which the keychain stores the secret. */
const bound = (secret: string, goesTo = home): string => JSON.stringify({ perch: 1, goesTo, secret });

async function problemOf(run: Promise<unknown>): Promise<Problem> {
  const caught = await run.then(
    () => null,
    (error: unknown) => error,
  );
  if (!(caught instanceof PerchError)) throw new Error(`no problem but ${String(caught)}`);
  return caught.problem;
}

describe('KeychainVault', () => {
  it.each([key, ' Bearer "pä ss%"'])(
    'keeps %j under its service name, as it is, and hands it to a function',
    async (kept) => {
      const vault = vaultOf();
      await vault.store(secretOf('home', 'keychain'), kept);
      expect([...keychain.entries]).toEqual([['perch/home', bound(kept)]]);
      expect(await read(vault)).toBe(kept);
      await vault.forget('home');
      expect(keychain.entries.size).toBe(0);
    },
  );

  it('does not touch the keychain before a key is needed', async () => {
    const vault = vaultOf();
    await vault.store(secretOf('home', 'memory'), key);
    expect(await read(vault, 'home', 'memory')).toBe(key);
    expect(loads).toBe(0);
  });

  it('passes on errors of the code that uses the key', async () => {
    const vault = vaultOf();
    await vault.store(secretOf('home', 'memory'), key);
    const own = new Error('mine');
    await expect(vault.use(secretOf('home', 'memory'), () => Promise.reject(own))).rejects.toBe(own);
  });

  it('requires the key again if it is missing', async () => {
    const problem = await problemOf(read(vaultOf()));
    expect(problem.code).toBe('unauthorized');
    expect(problem.next).toEqual(saying(/^Enter the key again/));
  });

  it('never takes a key from the keychain for an account that was kept in memory', async () => {
    keychain.entries.set('perch/home', 'ptlc_old');
    const problem = await problemOf(read(vaultOf(), 'home', 'memory'));
    expect(problem.code).toBe('unauthorized');
    expect(problem.next).toEqual(saying(/^Enter the key again/));
    expect(loads).toBe(0);
  });

  it.each([
    [
      'a machine without libsecret',
      () => Promise.reject(new Error('libsecret-1.so.0: cannot open shared object file')),
    ],
    ['a session without a Secret Service', undefined],
  ])('reports a missing keychain: %s', async (_what, load) => {
    keychain.failure = new Error('The name org.freedesktop.secrets was not provided by any .service files');
    const vault = vaultOf('linux', load);
    expect((await problemOf(vault.store(secretOf('home', 'keychain'), key))).code).toBe(
      'keychain-unavailable',
    );
    expect((await problemOf(read(vault))).code).toBe('keychain-unavailable');
  });

  it('tries to load the keychain again after it could not', async () => {
    let attempts = 0;
    const vault = vaultOf('linux', () =>
      attempts++ === 0 ? Promise.reject(new Error('no')) : Promise.resolve(keychain),
    );
    expect((await problemOf(vault.store(secretOf('home', 'keychain'), key))).code).toBe(
      'keychain-unavailable',
    );
    await vault.store(secretOf('home', 'keychain'), key);
    expect(await read(vault)).toBe(key);
  });

  it('treats a refused prompt as a locked keychain', async () => {
    keychain.failure = new Error('Cannot get secret of a locked object');
    expect((await problemOf(read(vaultOf()))).code).toBe('keychain-locked');
  });

  it('gives up on a hanging keychain after 5 s, and works again once it answers', async () => {
    const vault = vaultOf();
    await vault.store(secretOf('home', 'keychain'), key);
    keychain.isHanging = true;
    const reading = problemOf(read(vault));
    await clock.advance(4999);
    expect(clock.pending).toBe(1);
    await clock.advance(1);
    const problem = await reading;
    expect(problem.code).toBe('keychain-silent');
    expect(problem.message).toEqual(saying(/does not answer/));
    expect(changes).toBe(0);
    keychain.answer();
    await settle();
    expect(changes).toBe(1);
    expect(await read(vault)).toBe(key);
  });

  it.each([true, 'set'] as const)(
    'restores the old state if the keychain answers after the reported timeout (hangs: %s)',
    async (isHanging) => {
      for (const before of [[], [['perch/home', 'ptlc_before']]] as [string, string][][]) {
        keychain = new FakeKeychain();
        for (const [name, value] of before) keychain.entries.set(name, value);
        const vault = vaultOf();
        keychain.isHanging = isHanging;
        const storing = problemOf(vault.store(secretOf('home', 'keychain'), key));
        await clock.advance(5000);
        expect((await storing).code).toBe('keychain-silent');
        keychain.answer();
        await settle();
        expect([...keychain.entries]).toEqual(before);
      }
    },
  );

  it('keeps a newer key if an older attempt succeeds late', async () => {
    const vault = vaultOf();
    keychain.isHanging = 'set';
    const first = problemOf(vault.store(secretOf('home', 'keychain'), 'ptlc_old'));
    await clock.advance(5000);
    await first;
    const second = vault.store(secretOf('home', 'keychain'), key);
    await settle();
    keychain.answer();
    await second;
    await settle();
    expect(await read(vault)).toBe(key);
  });

  it('blocks no more than two threads on a keychain that hangs', async () => {
    const vault = vaultOf();
    keychain.isHanging = true;
    for (const turn of [1, 2]) {
      const reading = problemOf(read(vault, `account ${turn}`));
      await clock.advance(5000);
      await reading;
    }
    expect((await problemOf(read(vault, 'third'))).code).toBe('keychain-silent');
    expect(clock.pending).toBe(0);
  });

  describe('where the keychain can be unlocked', () => {
    /** Keychain whose prompt stays on the screen until `close` is called. */
    class LockedKeychain extends FakeKeychain {
      prompts = 0;
      close: (isUnlocked: boolean) => void = () => undefined;
      tell: () => void = () => undefined;

      constructor() {
        super();
        this.failure = new KeychainFailure('locked');
      }

      async unlock() {
        this.prompts++;
        const isUnlocked = await new Promise<boolean>((resolve) => (this.close = resolve));
        if (!isUnlocked) throw new KeychainFailure('locked');
        this.failure = null;
      }

      listen(changed: () => void) {
        this.tell = changed;
      }
    }

    let closed: LockedKeychain;
    beforeEach(() => {
      closed = new LockedKeychain();
      keychain = closed;
      closed.entries.set('perch/home', key);
    });

    it('reports a locked keychain without a prompt, and its unlocking', async () => {
      const vault = vaultOf();
      const problem = await problemOf(read(vault));
      expect(problem.code).toBe('keychain-locked');
      expect(problem.next).toEqual(saying(/Choose “Unlock”.*then continues/));
      expect(closed.prompts).toBe(0);
      closed.failure = null;
      closed.tell();
      expect(changes).toBe(1);
      expect(await read(vault)).toBe(key);
    });

    it('asks the user who wants to continue', async () => {
      const vault = vaultOf();
      vault.unlock();
      await settle();
      expect(closed.prompts).toBe(1);
      closed.close(true);
      await settle();
      expect(await read(vault)).toBe(key);
    });

    it('waits for the user who stores a key', async () => {
      const vault = vaultOf();
      const storing = vault.store(secretOf('home', 'keychain'), 'ptlc_new');
      await clock.advance(30_000);
      closed.close(true);
      await storing;
      expect(await read(vault)).toBe('ptlc_new');
    });

    it.each([
      ['refuses', () => Promise.resolve(closed.close(false))],
      ['does nothing for a minute', () => clock.advance(60_000)],
    ])('stores and deletes nothing if the user %s', async (_what, act) => {
      const vault = vaultOf();
      for (const run of [
        () => vault.store(secretOf('home', 'keychain'), 'ptlc_new'),
        () => vault.forget('home'),
      ]) {
        const asking = problemOf(run());
        await settle();
        await act();
        expect((await asking).code).toBe('keychain-locked');
        expect([...closed.entries]).toEqual([['perch/home', key]]);
      }
      expect(closed.prompts).toBe(2);
    });
  });

  it.each([
    ['keychain', 'keychain'],
    ['keychain', 'memory'],
    ['memory', 'keychain'],
    ['memory', 'memory'],
  ] as const)('restores the earlier secret: %s, then %s', async (before, then) => {
    const vault = vaultOf();
    const first = await vault.store(secretOf('home', before), 'ptlc_old');
    const entries = [...keychain.entries];
    const putBack = await vault.store(secretOf('home', then), key);
    expect(await read(vault, 'home', then)).toBe(key);
    await putBack();
    expect([...keychain.entries]).toEqual(entries);
    expect(await read(vault, 'home', before)).toBe('ptlc_old');
    // A newer password was stored meanwhile.
    await first();
    expect(await read(vault, 'home', before)).toBe('ptlc_old');
  });

  it('deletes the new secret without an earlier secret', async () => {
    const vault = vaultOf();
    await (
      await vault.store(secretOf('home', 'keychain'), key)
    )();
    await (
      await vault.store(secretOf('work', 'memory'), key)
    )();
    expect(keychain.entries.size).toBe(0);
    expect((await problemOf(read(vault, 'work', 'memory'))).code).toBe('unauthorized');
  });

  it('removes an old key from the keychain only', async () => {
    const vault = vaultOf();
    await vault.store(secretOf('home', 'keychain'), 'ptlc_old');
    await vault.store(secretOf('home', 'memory'), key);
    await vault.forget('home', 'keychain');
    expect(keychain.entries.size).toBe(0);
    expect(await read(vault, 'home', 'memory')).toBe(key);
  });

  it('forgets a key in memory although no keychain exists', async () => {
    keychain.failure = new Error('no Secret Service');
    const vault = vaultOf();
    await vault.store(secretOf('home', 'memory'), key);
    await vault.forget('home');
    expect((await problemOf(read(vault, 'home', 'memory'))).code).toBe('unauthorized');
  });

  it('refuses an entry that is too long for Windows', async () => {
    const vault = vaultOf('win32');
    const long = 'x'.repeat(2561);
    expect((await problemOf(vault.store(secretOf('home', 'keychain'), long))).fields).toHaveProperty('key');
    await vaultOf('linux').store(secretOf('home', 'keychain'), long);
  });
});

describe('probe', () => {
  it('writes, reads and removes an entry of its own, and touches no key', async () => {
    const vault = vaultOf();
    await vault.store(secretOf('home', 'keychain'), key);
    const before = [...keychain.entries];
    await vault.probe();
    expect([...keychain.entries]).toEqual(before);
  });

  it('reports the fault, and leaves no secret behind after a late answer', async () => {
    const vault = vaultOf();
    keychain.failure = new KeychainFailure('locked');
    await expect(vault.probe()).rejects.toMatchObject({ problem: { code: 'keychain-locked' } });
    keychain.failure = null;
    keychain.isHanging = 'set';
    const late = expect(vault.probe()).rejects.toMatchObject({ problem: { code: 'keychain-silent' } });
    await clock.advance(5000);
    await late;
    keychain.answer();
    await settle();
    expect(keychain.entries.size).toBe(0);
  });
});

it('an account that waits for its key gets none from the keychain', async () => {
  const vault = vaultOf();
  await vault.store(secretOf('home', 'keychain'), key);
  const use = vault.use({ ...secretOf('home'), awaitsKey: true }, () => Promise.resolve(1));
  await expect(use).rejects.toMatchObject({
    problem: { code: 'unauthorized', message: { id: 'exports.needs-key' } },
  });
});
