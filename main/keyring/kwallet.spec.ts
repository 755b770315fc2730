import { describe, expect, it } from 'vitest';
import { KWalletBus } from '../../tests/support/kwallet-bus.js';
import { SecretKeychain } from './secret-keychain.js';

const key = 'ptlc_aaaaaaaaaaa';

function aKeychain() {
  const bus = new KWalletBus(key);
  const keychain = new SecretKeychain(bus.connect);
  const heard = { times: 0 };
  keychain.listen(() => heard.times++);
  /** Asks as an account does: again after each change signal. */
  async function get(): Promise<string | null | 'locked'> {
    for (let before = -1; before < heard.times;) {
      before = heard.times;
      const found = await keychain.getPassword('perch', 'home').catch(() => 'locked');
      if (found !== 'locked') return found;
      await new Promise((next) => setImmediate(next));
    }
    return 'locked';
  }
  return { bus, get, keychain, heard };
}

describe('KWallet', () => {
  it('gives the key of an open wallet, although it is locked for Perch at first', async () => {
    const { bus, get } = aKeychain();
    expect(await get()).toBe(key);
    expect(bus.prompts).toBe(1);
  });

  it('is not asked again after it was closed, until another program has opened it', async () => {
    const { bus, get, heard } = aKeychain();
    await get();
    bus.closeWallet();
    for (let time = 0; time < 3; time++) expect(await get()).toBe('locked');
    expect(bus.prompts).toBe(1);
    const before = heard.times;
    bus.openElsewhere();
    expect(heard.times).toBe(before + 1);
    expect(await get()).toBe(key);
    expect(bus.prompts).toBe(2);
  });
});
