/** Perch is killed at each moment of a replacement of its key: afterwards one key works, and none is left over. */
import { expect, it } from 'vitest';
import { anActionsRig } from '../../../tests/support/actions-rig.js';
import { aKey } from '../../../tests/support/fake-account-calls.js';

const forever = new Promise<never>(() => undefined);

/** Replaces the key until the panel was about to get, or had answered, its request number `moment`; then Perch is gone. */
async function killedAt(moment: number) {
  const rig = await anActionsRig();
  const { actions, book, panel, stored } = rig;
  const { id } = await rig.add();
  const keyOf = (all: ReadonlyMap<string, string>): string =>
    (all.get(id) ?? '').replace(/^keychain:/, '').slice(0, 16);
  panel.keys = [aKey({ identifier: keyOf(stored) })];
  let passed = 0;
  let killed = (): void => undefined;
  const isKilled = new Promise<void>((resolve) => (killed = resolve));
  const pass = async (): Promise<void> => {
    passed += 1;
    if (passed <= moment) return;
    killed();
    await forever;
  };
  const cut =
    <A extends unknown[], T>(call: (...of: A) => Promise<T>) =>
    async (...of: A): Promise<T> => {
      await pass();
      const answer = await call(...of);
      await pass();
      return answer;
    };
  panel.apiKeys = cut(panel.apiKeys);
  panel.createApiKey = cut(panel.createApiKey);
  panel.deleteApiKey = cut(panel.deleteApiKey);
  panel.account = cut(panel.account.bind(panel));
  const whole = actions['account.renewKey']({ accountId: id }).then(() => true);
  const isWhole = await Promise.race([whole, isKilled.then(() => false)]);

  const after = await anActionsRig([...book.all]);
  after.panel.keys = [...panel.keys];
  for (const [account, key] of stored) after.stored.set(account, key);
  return { ...after, id, isWhole, used: keyOf(after.stored) };
}

it('at every moment', async () => {
  let moment = 0;
  for (; ; moment += 1) {
    const { actions, book, id, isWhole, panel, used } = await killedAt(moment);
    const listed = (): string[] => panel.keys.map(({ identifier }) => identifier);
    expect(listed(), `used after moment ${moment}`).toContain(used);
    // The record names the key that the panel may have too many, and the view shows that key.
    expect(listed().length === 1 || book.find(id)?.keyRenewal !== undefined, `known ${moment}`).toBe(true);
    await actions['account.tidyKeys']({ accountId: id });
    expect(listed(), `left after moment ${moment}`).toEqual([used]);
    expect(book.find(id)?.keyRenewal).toBeUndefined();
    if (isWhole) break;
  }
  // The list, the user, the new key, the trial, the use and the old key, each before and after.
  expect(moment).toBe(12);
});
