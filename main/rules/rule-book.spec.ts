import { beforeEach, describe, expect, it } from 'vitest';
import { PerchError, newProblem } from '../../bridge/errors.js';
import type { Rule } from '../../bridge/schema/rules.js';
import { sentence } from '../../messages/messages.js';
import { FakeClock } from '../../tests/support/fake-clock.js';
import { refused as refusal } from '../../tests/support/refused.js';
import { aRule } from '../../tests/support/rule-examples.js';
import { RuleBook } from './rule-book.js';

const clock = new FakeClock(5000);
let disk: readonly Rule[];
let isFull: boolean;
let whileWriting: () => void;
let count: number;

function bookWith(...rules: readonly Rule[]) {
  disk = rules;
  const store = {
    isNewer: false,
    load: () => Promise.resolve(disk),
    save: async (next: readonly Rule[]) => {
      await Promise.resolve();
      whileWriting();
      if (isFull)
        throw new PerchError(
          newProblem('internal', sentence('disk.rules-unwritten'), sentence('disk.write-next')),
        );
      disk = next;
    },
  };
  return new RuleBook({ clock, store, newId: () => `new${++count}` });
}
const loaded = async (...rules: readonly Rule[]) => {
  const book = bookWith(...rules);
  await book.load();
  return book;
};
const old = aRule({ id: 'old', agreedAt: 77 });

beforeEach(() => {
  [isFull, whileWriting, count] = [false, () => undefined, 0];
});

describe('a rule that the user saves', () => {
  it('gets its id and the date of its agreement from main', async () => {
    const book = await loaded();
    const claimed = aRule({ id: 'mine', agreedAt: 1 });
    const saved = await book.save({ rule: claimed, replaces: null, isAgreed: true });
    expect(saved).toEqual({ ...claimed, id: 'new1', agreedAt: clock.wall() });
    expect([disk, book.current]).toEqual([[saved], [saved]]);
    expect((await book.save({ rule: claimed, replaces: null, isAgreed: false })).agreedAt).toBeNull();
  });

  it('keeps its agreement under another name, and loses it with any other change', async () => {
    const book = await loaded(old);
    const renamed = await book.save({ rule: { ...old, name: 'Other' }, replaces: old, isAgreed: false });
    expect(renamed.agreedAt).toBe(77);
    const steps = [{ kind: 'power', on: null, signal: 'stop' }] as const;
    const changed = { ...renamed, steps: [...steps] };
    expect((await book.save({ rule: changed, replaces: renamed, isAgreed: false })).agreedAt).toBeNull();
  });

  it('has another agreement each time, also if the clock stands still or went back', async () => {
    const future = aRule({ id: 'old', agreedAt: 9_000_000 });
    const book = await loaded(future);
    const again = await book.save({ rule: future, replaces: future, isAgreed: true });
    expect(again.agreedAt).toBe(9_000_001);
  });

  it('does not overwrite a rule that was changed meanwhile', async () => {
    const book = await loaded({ ...old, mode: 'queue' });
    const failed = await refusal(book.save({ rule: old, replaces: old, isAgreed: true }));
    expect(failed.code).toBe('conflict');
    expect(book.current[0]?.mode).toBe('queue');
    // The rule switched itself off meanwhile: that is no other rule.
    const off = await loaded({ ...old, isOn: false });
    await expect(off.save({ rule: old, replaces: old, isAgreed: true })).resolves.toMatchObject({
      isOn: true,
    });
  });

  it('is refused beyond 200 rules', async () => {
    const book = await loaded(...Array.from({ length: 200 }, (_, index) => aRule({ id: `r${index}` })));
    expect((await refusal(book.save({ rule: old, replaces: null, isAgreed: true }))).code).toBe('invalid');
  });

  it('is not there if the disk refuses', async () => {
    isFull = true;
    const book = await loaded(old);
    await refusal(book.save({ rule: aRule(), replaces: null, isAgreed: true }));
    expect(book.current).toEqual([old]);
  });
});

describe('a rule that is switched off', () => {
  it('is off at once, and also if the disk refuses', async () => {
    isFull = true;
    const book = await loaded(old);
    const off = book.setOn('old', false);
    expect(book.current[0]?.isOn).toBe(false);
    await refusal(off);
    expect(book.current[0]?.isOn).toBe(false);
  });

  it('stays off if another rule is being saved meanwhile', async () => {
    const book = await loaded(old);
    let off: Promise<void> | undefined;
    whileWriting = () => void (off ??= book.setOn('old', false));
    await book.save({ rule: aRule(), replaces: null, isAgreed: true });
    await off;
    expect(book.current.map(({ isOn }) => isOn)).toEqual([false, true]);
    expect(disk.map(({ isOn }) => isOn)).toEqual([false, true]);
  });

  it('stays off if it is being saved or switched on meanwhile, at every moment', async () => {
    for (const change of ['rename', 'on'] as const) {
      const book = await loaded(old);
      let off: Promise<void> | undefined;
      let isOffSince = false;
      const seen: boolean[] = [];
      book.listen((rules) => isOffSince && seen.push(rules[0]?.isOn === true));
      whileWriting = () => {
        off ??= book.setOn('old', false);
        isOffSince = true;
      };
      await (change === 'on'
        ? book.setOn('old', true)
        : book.save({ rule: { ...old, name: 'Other' }, replaces: old, isAgreed: false }));
      await off;
      expect([change, seen.includes(true), book.current[0]?.isOn]).toEqual([change, false, false]);
      expect(disk[0]?.isOn).toBe(false);
    }
  });

  it('stays off if the disk refuses this in the middle of another write', async () => {
    const book = await loaded(old);
    let off: Promise<unknown> | undefined;
    whileWriting = () => {
      isFull = off !== undefined;
      off ??= refusal(book.setOn('old', false));
    };
    await book.save({ rule: { ...old, name: 'Other' }, replaces: old, isAgreed: false });
    await off;
    expect(book.current[0]?.isOn).toBe(false);
  });

  it('stays off if a form that was opened before gives it another name', async () => {
    const book = await loaded({ ...old, isOn: false });
    const rename = { rule: { ...old, name: 'Other' }, replaces: old, isAgreed: false };
    expect(await book.save(rename)).toMatchObject({ isOn: false, name: 'Other', agreedAt: 77 });
  });

  it('is on again if somebody switches it on after that', async () => {
    const book = await loaded(old);
    await Promise.all([book.setOn('old', false), book.setOn('old', true)]);
    expect([book.current[0]?.isOn, disk[0]?.isOn]).toEqual([true, true]);
  });

  it('cannot be switched on before somebody agreed', async () => {
    const book = await loaded({ ...old, agreedAt: null, isOn: false });
    expect((await refusal(book.setOn('old', true))).code).toBe('invalid');
    expect((await refusal(book.setOn('gone', true))).code).toBe('not-found');
  });
});

it('removes a rule at once', async () => {
  const book = await loaded(old);
  const removed = book.remove('old');
  expect(book.current).toEqual([]);
  await removed;
  expect(disk).toEqual([]);
});
