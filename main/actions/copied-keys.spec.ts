import { describe, expect, it } from 'vitest';
import { FakeClock } from '../../tests/support/fake-clock.js';
import { CopiedKeys } from './copied-keys.js';

const key = `ptlc_${'x'.repeat(43)}`;
const other = `pacc_${'y'.repeat(43)}`;
const added = { webContentsId: 7, accountId: null };
const replaced = { webContentsId: 7, accountId: 'home' };
const elsewhere = { webContentsId: 8, accountId: null };

function setUp() {
  const clock = new FakeClock();
  const clipboard = { text: ` ${key}\n` };
  const keys = new CopiedKeys({ clock, copied: { read: async () => clipboard.text } });
  return { clipboard, clock, keys };
}

describe('CopiedKeys', () => {
  it('keeps the key copied at the press, for its page and account only', async () => {
    const { clipboard, keys } = setUp();
    expect(keys.of(added)).toBeNull();
    expect(await keys.take(added)).toBe(true);
    clipboard.text = other;
    expect([added, replaced, elsewhere].map((taker) => keys.of(taker))).toEqual([key, null, null]);
    await keys.take(replaced);
    expect([added, replaced, elsewhere].map((taker) => keys.of(taker))).toEqual([key, other, null]);
  });

  it.each(['', 'hello', `ptla_${'x'.repeat(43)}`, `${key}x`])(
    'takes nothing of %j, and drops an earlier key',
    async (text) => {
      const { clipboard, keys } = setUp();
      await keys.take(added);
      clipboard.text = text;
      expect(await keys.take(added)).toBe(false);
      expect(keys.of(added)).toBeNull();
    },
  );

  it('forgets after ten minutes, counted from the last press', async () => {
    const { clock, keys } = setUp();
    await keys.take(added);
    await clock.advance(9 * 60_000);
    await keys.take(added);
    await clock.advance(10 * 60_000 - 1);
    expect(keys.of(added)).toBe(key);
    await clock.advance(1);
    expect([keys.of(added), clock.pending]).toEqual([null, 0]);
  });

  it('forgets a used key, but not one taken meanwhile', async () => {
    const { clipboard, clock, keys } = setUp();
    await keys.take(added);
    clipboard.text = other;
    await keys.take(added);
    keys.used(added, key);
    expect(keys.of(added)).toBe(other);
    keys.used(added, other);
    expect([keys.of(added), clock.pending]).toEqual([null, 0]);
  });

  it('forgets a key that is given back, and all keys of a page that left', async () => {
    const { clock, keys } = setUp();
    for (const taker of [added, replaced, elsewhere]) await keys.take(taker);
    keys.giveBack(replaced);
    expect([added, replaced, elsewhere].map((taker) => keys.of(taker))).toEqual([key, null, key]);
    await keys.take(replaced);
    keys.pageLeft(7);
    expect([added, replaced, elsewhere].map((taker) => keys.of(taker))).toEqual([null, null, key]);
    expect(clock.pending).toBe(1);
  });

  it('keeps nothing for a page that leaves, or gives it back, while the clipboard is read', async () => {
    const { clock, keys } = setUp();
    const taking = [keys.take(added), keys.take(elsewhere)];
    keys.pageLeft(7);
    keys.giveBack(elsewhere);
    await Promise.all(taking);
    expect([keys.of(added), keys.of(elsewhere), clock.pending]).toEqual([null, null, 0]);
  });
});
