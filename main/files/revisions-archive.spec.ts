import fc from 'fast-check';
import { expect, it } from 'vitest';
import { FakeByteFolder } from '../../tests/support/fake-byte-folder.js';
import { FakeClock } from '../../tests/support/fake-clock.js';
import { FakeLog } from '../../tests/support/fake-log.js';
import { RevisionsArchive } from './revisions-archive.js';
import { limits } from './revisions-limits.js';

const day = 86_400_000;
const unread = { variables: null, values: {}, command: null, texts: null };
const file = { serverId: 'home/u0', path: '/server.properties' };
const bytes = (text: string): Uint8Array => Buffer.from(text);

function rig(folder = new FakeByteFolder()) {
  const clock = new FakeClock();
  folder.now = () => clock.wall();
  const log = new FakeLog();
  const told: string[] = [];
  const setAside = ({ why, file: path }: { why: string; file: string }): void =>
    void told.push(`${why} ${path}`);
  const gone = new Set<string>();
  const isKnown = (serverId: string): boolean => !gone.has(serverId);
  const archive = new RevisionsArchive({ folder, clock, log, setAside, isKnown });
  const texts = async (of = file): Promise<string[]> =>
    Promise.all(
      (await archive.list(of)).map(async ({ id }) => Buffer.from(await archive.bytes(of, id)).toString()),
    );
  const swept = async (accounts: readonly string[] = ['home']): Promise<void> => {
    archive.start(accounts);
    await archive.stop();
  };
  return { folder, clock, gone, log, told, archive, texts, swept };
}

it('keeps no revision that arrives after the removal of its account', async () => {
  const { archive, folder, gone } = rig();
  const coming = archive.keep(file, bytes('one'), 'read');
  gone.add(file.serverId);
  await archive.forgetAccount('home');
  await coming;
  await archive.setReadAt(file.serverId, 1);
  expect(folder.contents()).toEqual([]);
  expect(await archive.list(file)).toEqual([]);
});

it('keeps each content of a file once, newest first, and tells who watches', async () => {
  const { archive, texts, folder } = rig();
  const heard: string[] = [];
  archive.changed.listen(({ path }) => heard.push(path));
  for (const text of ['one', 'one', 'two', 'one']) await archive.keep(file, bytes(text), 'read');
  expect(await texts()).toEqual(['one', 'two', 'one']);
  expect(heard).toHaveLength(3);
  expect(folder.contents()).toHaveLength(2);
  expect((await archive.list(file)).map(({ id, why, bytes: size }) => [id, why, size])).toEqual([
    ['3', 'read', 3],
    ['2', 'read', 3],
    ['1', 'read', 3],
  ]);
});

it('servers of a panel share equal contents, and panels share none', async () => {
  const { archive, folder } = rig();
  for (const serverId of ['home/u0', 'home/u1', 'work/u0'])
    await archive.keep({ ...file, serverId }, bytes('same'), 'watched');
  expect(folder.contents()).toHaveLength(2);
});

it('keeps the last 50 of a file', async () => {
  const { archive, texts, swept, folder } = rig();
  for (let at = 0; at < 60; at++) await archive.keep(file, bytes(`text ${at}`), 'written');
  expect(await texts()).toHaveLength(50);
  expect((await texts()).at(-1)).toBe('text 10');
  await swept();
  expect(folder.contents()).toHaveLength(50);
});

it('forgets contents older than 90 days, except those of the last good start', async () => {
  const { archive, texts, swept, clock, folder } = rig();
  await archive.keep(file, bytes('old'), 'read');
  const version = await archive.keep(file, bytes('of the start'), 'watched');
  const used = { path: file.path, bytes: 3, modifiedAt: 0, version, meaning: '' };
  const state = { ...unread, startedAt: 0, image: 'image', folders: ['/'], files: [used] };
  await clock.advance(89 * day);
  await archive.setGoodStart(file.serverId, { ...state, readAt: clock.wall() });
  await clock.advance(2 * day);
  await swept();
  expect(await texts()).toEqual(['of the start']);
  await clock.advance(90 * day);
  await swept();
  expect(await texts()).toEqual([]);
  expect(await archive.goodStart(file.serverId)).toBeNull();
  expect([...folder.files.keys()]).toEqual([]);
});

it('the oldest contents go first when all of them are larger than the limit', async () => {
  const { archive, texts, swept, clock, folder } = rig();
  const other = { serverId: 'work/u9', path: '/config.yml' };
  for (const [at, of] of [file, other, file, other].entries()) {
    await clock.advance(1000);
    await archive.keep(of, bytes(`text ${at}`), 'read');
  }
  // The folder says that each content is large.
  folder.sizeOf = () => limits.bytes / 2;
  await swept(['home', 'work']);
  expect([await texts(), await texts(other)]).toEqual([['text 2'], ['text 3']]);
  expect(folder.contents()).toHaveLength(2);
});

it('forgets a removed account at once, and an unknown one at the start', async () => {
  const { archive, texts, swept } = rig();
  const [work, away] = [
    { ...file, serverId: 'work/u0' },
    { ...file, serverId: 'away/u0' },
  ];
  for (const of of [file, work, away]) await archive.keep(of, bytes('text'), 'read');
  await archive.forgetAccount('work');
  expect([await texts(), await texts(work)]).toEqual([['text'], []]);
  await swept([]);
  expect(await texts(away)).toEqual(['text']);
  await swept(['home']);
  expect([await texts(), await texts(away)]).toEqual([['text'], []]);
});

it('remembers when the watch last read a server, for 90 days', async () => {
  const { archive, clock, folder, swept } = rig();
  expect(await archive.readAt('home/u0')).toBeNull();
  await archive.setReadAt('home/u0', clock.wall());
  const again = rig(folder);
  expect(await again.archive.readAt('home/u0')).toBe(clock.wall());
  await clock.advance(91 * day);
  await swept();
  expect(await archive.readAt('home/u0')).toBeNull();
  expect([...folder.files.keys()]).toEqual([]);
});

it('a damaged list is set aside and told, and the server starts again', async () => {
  const { archive, texts, folder, told } = rig();
  await archive.keep(file, bytes('lost'), 'read');
  const [list = ''] = folder.lists();
  folder.files.set(list, bytes('{"version":1,"revi'));
  expect(await texts()).toEqual([]);
  expect(told).toEqual([`damaged /${list}.damaged-1`]);
  folder.files.set(list, bytes('{"version":2}'));
  await archive.keep(file, bytes('new'), 'read');
  expect(told[1]).toMatch(/^newer /);
  expect(await texts()).toEqual(['new']);
});

it('texts of a list that was set aside stay for 90 days, and new ones do not stay with them', async () => {
  const { archive, folder, clock, swept } = rig();
  await archive.keep(file, bytes('of the damaged list'), 'read');
  const [content = ''] = folder.contents();
  const [list = ''] = folder.lists();
  folder.files.set(list, bytes('{"version":1,"revi'));
  await clock.advance(day);
  for (let at = 0; at < 60; at++) await archive.keep(file, bytes(`text ${at}`), 'written');
  await swept();
  expect(folder.files.has(content)).toBe(true);
  expect(folder.contents()).toHaveLength(51);
  await clock.advance(88 * day);
  await swept();
  expect(folder.files.has(content)).toBe(true);
  expect(folder.files.has(`${list}.damaged-1`)).toBe(true);
  await clock.advance(day);
  await swept();
  expect(folder.files.has(content)).toBe(false);
  expect(folder.files.has(`${list}.damaged-1`)).toBe(false);
});

it('a list that can’t be read is not replaced', async () => {
  const { archive, texts, folder, log } = rig();
  await archive.keep(file, bytes('kept'), 'read');
  folder.refusesReads = true;
  archive.add(file, bytes('new'), 'read');
  await archive.stop();
  expect(log.text).toContain('revisions.unwritten');
  folder.refusesReads = false;
  expect(await texts()).toEqual(['kept']);
});

it('a damaged content is set aside and told by whoever asks for it; the others stay', async () => {
  const { archive, folder, texts } = rig();
  await archive.keep(file, bytes('one'), 'read');
  const [content = ''] = folder.contents();
  await archive.keep(file, bytes('two'), 'read');
  folder.files.set(content, bytes('rubbish'));
  await expect(archive.bytes(file, '1')).rejects.toMatchObject({ problem: { code: 'internal' } });
  await expect(archive.bytes(file, '1')).rejects.toMatchObject({ problem: { code: 'not-found' } });
  expect(Buffer.from(await archive.bytes(file, '2')).toString()).toBe('two');
  await archive.keep(file, bytes('one'), 'read');
  expect(await texts().catch(() => 'not all')).toEqual(['one', 'two', 'one']);
});

it('a text that no panel would give back is not kept', async () => {
  const { archive, texts } = rig();
  await archive.keep(file, new Uint8Array(limits.textBytes + 1), 'read');
  expect(await texts()).toEqual([]);
});

/** Revisions that a person expects of one file: the contents in order, without repetitions. */
type Step =
  { kind: 'keep'; path: string; text: string } | { kind: 'crash'; writes: number } | { kind: 'sweep' };
const aStep: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('keep'),
      path: fc.constantFrom('/a', '/b'),
      text: fc.constantFrom('1', '2', '3'),
    }),
  },
  fc.record({ kind: fc.constant('crash'), writes: fc.integer({ min: 0, max: 1 }) }),
  fc.record({ kind: fc.constant('sweep') }),
);

it('no crash between two writes loses a text that was kept, or leaves a content behind', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(aStep, { maxLength: 40 }), async (steps) => {
      const folder = new FakeByteFolder();
      let { archive, swept } = rig(folder);
      const model = new Map<string, string[]>();
      for (const step of steps) {
        if (step.kind === 'sweep') await swept();
        else if (step.kind === 'crash') {
          folder.writesLeft = step.writes;
          await archive.keep({ ...file, path: '/a' }, bytes('unsaved'), 'written').catch(() => undefined);
          folder.writesLeft = Infinity;
          ({ archive, swept } = rig(folder));
        } else {
          await archive.keep({ ...file, path: step.path }, bytes(step.text), 'read');
          const known = model.get(step.path) ?? [];
          if (known.at(-1) !== step.text) model.set(step.path, [...known, step.text]);
        }
        for (const [path, known] of model) {
          const list = await archive.list({ ...file, path });
          const kept = list.map(async ({ id }) =>
            Buffer.from(await archive.bytes({ ...file, path }, id)).toString(),
          );
          expect((await Promise.all(kept)).reverse()).toEqual(known);
        }
      }
      await swept();
      const needed = new Set([...model.values()].flat());
      expect(folder.contents()).toHaveLength(needed.size);
    }),
    { numRuns: 60 },
  );
});
