import { beforeEach, describe, expect, it } from 'vitest';
import { PerchError, type Problem } from '../../bridge/errors.js';
import { FakeClock, settle } from '../../tests/support/fake-clock.js';
import { FakeKeychain } from '../../tests/support/fake-keychain.js';
import { boundText } from './bound-secret.js';
import { KeychainVault } from './vault.js';

const home = 'https://panel.example.com';
const key = 'ptlc_aaaaaaaaaaabbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb';

let keychain: FakeKeychain;
let clock: FakeClock;
beforeEach(() => {
  keychain = new FakeKeychain();
  clock = new FakeClock();
});

/** One run of Perch. */
const vaultOf = () =>
  new KeychainVault({ clock, platform: 'linux', loadKeychain: () => Promise.resolve(keychain) });

const secretOf = (id: string, keyStorage: 'keychain' | 'memory' = 'keychain', goesTo = home) => ({
  id,
  keyStorage,
  goesTo,
});

const read = (vault: KeychainVault, id = 'home', keep: 'keychain' | 'memory' = 'keychain', goesTo = home) =>
  vault.use(secretOf(id, keep, goesTo), (found) => Promise.resolve(found));

const bound = (secret: string): string => boundText({ goesTo: home, secret });

async function problemOf(run: Promise<unknown>): Promise<Problem> {
  const caught = await run.catch((error: unknown) => error);
  if (!(caught instanceof PerchError)) throw new Error(`no problem but ${String(caught)}`);
  return caught.problem;
}

describe('a key entered for one panel', () => {
  const elsewhere = 'https://panel.example.net';

  it.each(['keychain', 'memory'] as const)(
    'goes to no other destination (%s), whatever the list of panels says',
    async (keep) => {
      const vault = vaultOf();
      await vault.store(secretOf('home', keep), key);
      for (const other of [elsewhere, 'http://panel.example.com', 'https://panel.example.com:8443']) {
        const problem = await problemOf(read(vault, 'home', keep, other));
        expect(problem).toMatchObject({ code: 'unauthorized', message: { id: 'disk.key-elsewhere' } });
        expect(JSON.stringify(problem)).not.toContain(key);
      }
      expect(await read(vault, 'home', keep)).toBe(key);
    },
  );

  it('stays bound after a restart, until it is entered again', async () => {
    await vaultOf().store(secretOf('home'), key);
    const vault = vaultOf();
    expect((await problemOf(read(vault, 'home', 'keychain', elsewhere))).code).toBe('unauthorized');
    expect([...keychain.entries]).toEqual([['perch/home', bound(key)]]);
    await vault.store(secretOf('home', 'keychain', elsewhere), 'ptlc_new');
    expect(await read(vault, 'home', 'keychain', elsewhere)).toBe('ptlc_new');
  });

  it('is bound at its first use if an older Perch stored it bare', async () => {
    keychain.entries.set('perch/home', key);
    expect(await read(vaultOf())).toBe(key);
    await settle();
    expect([...keychain.entries]).toEqual([['perch/home', bound(key)]]);
    expect((await problemOf(read(vaultOf(), 'home', 'keychain', elsewhere))).code).toBe('unauthorized');
  });

  it('is used if the keychain refuses the binding, which is tried once in a run', async () => {
    keychain.entries.set('perch/home', key);
    keychain.isHanging = 'set';
    const vault = vaultOf();
    for (let turn = 0; turn < 5; turn++) expect(await read(vault)).toBe(key);
    await clock.advance(5000);
    expect(await read(vault)).toBe(key);
    expect(clock.pending).toBe(0);
  });

  it('keeps a newer key that the user enters while the old key is being bound', async () => {
    keychain.entries.set('perch/home', 'ptlc_old');
    keychain.isHanging = 'set';
    const vault = vaultOf();
    expect(await read(vault)).toBe('ptlc_old');
    const storing = vault.store(secretOf('home'), key);
    await settle();
    keychain.answer();
    await storing;
    expect([...keychain.entries]).toEqual([['perch/home', bound(key)]]);
  });
});
