/** Bytes of the store changed by a failing disk: lost data is reported. */
import { cp, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { idTime } from '../../bridge/events/id-time.js';
import { FakeClock } from '../../tests/support/fake-clock.js';
import { FakeLog } from '../../tests/support/fake-log.js';
import { anEvent } from '../../tests/support/history-events.js';
import { History } from './history.js';

const count = 400;
const clock = new FakeClock();
let root: string;
let whole: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'perch-damage-'));
  whole = join(root, 'whole');
  // Two runs: the data of the first is in tables by then, not in LevelDB's own journal.
  for (const run of ['a', 'b']) {
    const { history } = open(whole);
    for (let number = 0; number < count / 2; number++) {
      const at = clock.wall() + number;
      history.put(anEvent({ id: `${idTime(at)}-${run}${number}`, at }));
    }
    await history.stop();
  }
});
afterAll(() => rm(root, { recursive: true }));

function open(folder: string) {
  const told: string[] = [];
  const history = new History({
    folder,
    clock,
    log: new FakeLog(),
    keeps: () => true,
    setAside: ({ why }) => told.push(why),
    damaged: (events) => told.push(`lost ${events ?? 'some'}`),
    troubled: (isSo) => told.push(isSo ? 'troubled' : 'well'),
  });
  history.start(['home']);
  return { history, told };
}

async function shown(history: History): Promise<number> {
  const { events } = await history.events({ about: null, before: null, limit: 1000 });
  return events.length;
}

/** Opens a copy with eight changed bytes at one part of a file; returns the remaining entries and the reports. */
async function afterDamage(name: string, part: number) {
  const folder = await mkdtemp(join(root, 'copy-'));
  await cp(whole, folder, { recursive: true });
  const data = await readFile(join(folder, name));
  const at = Math.floor(part * data.length);
  for (let place = at; place < Math.min(at + 8, data.length); place++)
    data[place] = (data[place] ?? 0) ^ 0xff;
  await writeFile(join(folder, name), data);
  const { history, told } = open(folder);
  await shown(history);
  // A store that is found damaged during a read is repaired at the next opening.
  await clock.advance(10_000);
  const left = await shown(history);
  await expect
    .poll(() => left === count || told.length > 0, { timeout: 3000 })
    .toBe(true)
    .catch(() => undefined);
  await history.stop();
  return { left, told };
}

const parts = Array.from({ length: 8 }, (_, number) => (number + 0.5) / 8);

describe('a store of which bytes are changed', () => {
  it.each(['largest table', 'journal', 'MANIFEST', 'CURRENT'])(
    '%s: no loss goes unreported',
    async (which) => {
      const names = await readdir(whole);
      const sizes = await Promise.all(
        names.map(async (name) => ({ name, size: (await stat(join(whole, name))).size })),
      );
      const ending =
        which === 'largest table' ? /\.ldb$/ : which === 'journal' ? /^\d+\.log$/ : new RegExp(`^${which}`);
      const file = sizes.filter(({ name }) => ending.test(name)).sort((a, b) => b.size - a.size)[0];
      for (const part of parts) {
        const { left, told } = await afterDamage(file?.name ?? '', part);
        // A lasting problem does not count as a report of lost data.
        expect(left === count || told.some((word) => word !== 'troubled')).toBe(true);
        expect(told.at(-1)).not.toBe('troubled');
      }
    },
  );

  it('reports a loss once: the next start finds no new loss', async () => {
    const folder = await mkdtemp(join(root, 'once-'));
    await cp(whole, folder, { recursive: true });
    const { ClassicLevel } = await import('classic-level');
    const level = new ClassicLevel<string, Uint8Array>(folder, { valueEncoding: 'view' });
    await level.open();
    const keys = await level.keys({ gte: 'e/', lt: 'e0', limit: 3 }).all();
    await level.put(keys[0] ?? '', Uint8Array.of(0x7b, 0xff, 0x7d));
    await level.put(keys[1] ?? '', new TextEncoder().encode('{"id":'));
    // An entry of a newer Perch is no damage and stays.
    await level.put(keys[2] ?? '', new TextEncoder().encode('{"id":"x","what":{"kind":"new"}}'));
    await level.close();
    const first = open(folder);
    await expect.poll(() => first.told).toEqual(['lost 2']);
    await first.history.stop();
    const second = open(folder);
    expect(await shown(second.history)).toBe(count - 3);
    await second.history.stop();
    expect(second.told).toEqual([]);
  });
});
