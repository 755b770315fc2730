import { describe, expect, it } from 'vitest';
import { accountOf, StoredAccounts } from './stored-accounts.js';

async function gone(accounts: StoredAccounts): Promise<string[]> {
  const ids: string[] = [];
  await accounts.clear((isGone) => {
    ids.push(...['home', 'work', 'old'].filter(isGone));
    return Promise.resolve();
  });
  return ids;
}

describe('accounts in the store', () => {
  it('are named by their servers', () => {
    expect(accountOf('home/1/2')).toBe('home');
  });

  it('keep their data while no list of accounts is known', async () => {
    const accounts = new StoredAccounts();
    accounts.known([]);
    expect(await gone(accounts)).toEqual([]);
  });

  it('lose their data if they are not in the list, at the first clean-up only', async () => {
    const accounts = new StoredAccounts();
    accounts.known(['home', 'work']);
    expect(await gone(accounts)).toEqual(['old']);
    expect(await gone(accounts)).toEqual([]);
  });

  it('lose their data once when the user removes them, also those of the list', async () => {
    const accounts = new StoredAccounts();
    accounts.known(['home', 'work']);
    accounts.remove('work');
    expect(await gone(accounts)).toEqual(['work', 'old']);
    expect(await gone(accounts)).toEqual([]);
  });

  it('are tried again after a clean-up that failed', async () => {
    const accounts = new StoredAccounts();
    accounts.known(['home', 'work']);
    accounts.remove('home');
    await expect(accounts.clear(() => Promise.reject(new Error('disk')))).rejects.toThrow('disk');
    expect(await gone(accounts)).toEqual(['home', 'old']);
  });

  it('that are removed during a clean-up wait for the next clean-up', async () => {
    const accounts = new StoredAccounts();
    await accounts.clear(() => {
      accounts.remove('work');
      return Promise.resolve();
    });
    expect(await gone(accounts)).toEqual(['work']);
  });
});
