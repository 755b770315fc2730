import { expect, it } from 'vitest';
import { anEntry } from '../../tests/support/activity-entries.js';
import { spoken } from '../../messages/messages.js';
import '../../tests/support/every-area.js';
import { keptActivity } from './activity-limits.js';
import { activityWords } from './activity-words.js';
import { keptActivityOf } from './kept-activity.js';

const pages = 1;

it('keeps a small log whole', () => {
  const entries = [anEntry({ at: 2 }), anEntry({ at: 1, properties: {} })];
  expect(keptActivityOf({ entries, pages })).toEqual({ entries, since: null });
  expect(keptActivityOf({ entries: [], pages })).toEqual({ entries: [], since: null });
});

it('says back to when it goes if the panel has more', () => {
  const entries = [anEntry({ at: 2 }), anEntry({ at: 1 })];
  expect(keptActivityOf({ entries, pages: 2 }).since).toBe(1);
});

it('is bounded, whatever a panel sends', () => {
  const wide = Object.fromEntries(
    Array.from({ length: 30 }, (_, name) => [`name ${name}`, Array<string>(50).fill('x'.repeat(500))]),
  );
  const entries = Array.from({ length: 100 }, (_, at) => anEntry({ at: 100 - at, properties: wide }));
  const kept = keptActivityOf({ entries, pages });
  expect(JSON.stringify(kept.entries).length).toBeLessThanOrEqual(keptActivity.characters + 1000);
  expect(kept.entries?.length).toBeGreaterThan(0);
  expect(kept.since).toBe(kept.entries?.at(-1)?.at);
});

it.each([
  ['many files', 'server:file.delete', { files: Array.from({ length: 40 }, (_, at) => `${at}.txt`) }],
  ['files that the panel counted', 'server:sftp.write', { files: ['a', 'b', 'c', 'd', 'e'], count: 90 }],
  ['a long command', 'server:console.command', { command: 'say '.repeat(100) }],
  ['an event without a sentence', 'server:new.thing', { list: ['a', 'b', 'c', 'd'], text: 'y'.repeat(170) }],
])('says the same as the whole entry: %s', (_what, event, properties) => {
  const entry = anEntry({ event, properties });
  const [kept = entry] = keptActivityOf({ entries: [entry], pages }).entries ?? [];
  expect(spoken(activityWords(kept))).toBe(spoken(activityWords(entry)));
});
