/** Many histories of a program, the game and Perch on one file: nobody's text is lost. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { toProblem } from '../../bridge/errors.js';
import { aProblem } from '../../tests/support/a-problem.js';
import { FakeClock } from '../../tests/support/fake-clock.js';
import { FakeEditedDisk, FakeEditedStore } from '../../tests/support/fake-edited-disk.js';
import { FakeFilesPanel } from '../../tests/support/fake-files-panel.js';
import { FakeLog } from '../../tests/support/fake-log.js';
import { FileContents } from './file-contents.js';
import { OwnEditor } from './own-editor.js';

const file = { serverId: 'home/u1', path: '/a.yml' };
const acts = [
  'save',
  'theirs',
  'back',
  'empty',
  'wait',
  'lost',
  'refused',
  'away',
  'kill',
  'upload',
] as const;
type Act = (typeof acts)[number];

/** A panel that notes whose text each writing replaced. */
class WatchedFiles extends FakeFilesPanel {
  readonly overwritten: string[] = [];

  override write(path: string, content: Uint8Array): Promise<void> {
    const before = this.contents.get(path)?.toString() ?? '';
    if (before !== Buffer.from(content).toString()) this.overwritten.push(before);
    return super.write(path, content);
  }
}

async function play(history: readonly Act[]): Promise<void> {
  const panel = new WatchedFiles();
  const disk = new FakeEditedDisk();
  const store = new FakeEditedStore();
  const clock = new FakeClock();
  const run = (): OwnEditor =>
    new OwnEditor({
      clock,
      random: () => 0,
      disk,
      store,
      contents: new FileContents(() => panel),
      drafts: { of: () => Promise.resolve(null), keep: () => Promise.resolve() },
      newId: () => '00000000000000aa',
      startedAt: () => 0,
      log: new FakeLog(),
    });
  const holds = (text: string): void => panel.put(file.path, {}, Buffer.from(text));
  holds('first');
  let editor = run();
  await editor.fetch(file, { isGiven: true });
  const id = store.records[0]?.id ?? '';
  let [texts, last] = [0, 'first'];
  /** Clicks of the person whose work has not ended. */
  const pressed: Promise<void>[] = [];
  const save = (text: string): void => disk.save(id, (last = text));
  const of: Record<Act, () => Promise<void> | void> = {
    save: () => save(`mine ${(texts += 1)}`),
    theirs: () => holds(`theirs ${(texts += 1)}`),
    back: () => save('first'),
    empty: () => save(''),
    wait: () => clock.advance(7000),
    lost: () => void panel.problems.set('write', aProblem('timeout', { maybeDone: true })),
    refused: () => void panel.problems.set('write', aProblem('forbidden')),
    away: () => void panel.problems.set('read', aProblem('panel-unreachable')),
    kill: async () => {
      editor.stop();
      editor = run();
      await editor.start(['home']);
    },
    upload: () => {
      const press = editor.calls['ownEditor.upload']({ ...file, replaces: null });
      // The end of this Perch ends the waiting for a program that still writes.
      pressed.push(press.catch((error: unknown) => expect(toProblem(error).code).toBe('not-found')));
    },
  };
  for (const act of history) {
    await of[act]();
    await clock.advance(act === 'save' ? 50 : 500);
  }
  let ended = 0;
  for (const press of pressed) void press.finally(() => (ended += 1));
  while (ended < pressed.length) await clock.advance(1000);
  expect(panel.overwritten.filter((text) => text.startsWith('theirs'))).toEqual([]);
  expect(disk.copies.get(id)?.toString()).toBe(last);
  // A person who decides each time gets the last text to the server.
  for (let turn = 0; turn < 4; turn += 1) {
    await clock.advance(10_000);
    const seen = await editor.calls['ownEditor.compare'](file).then(
      (compared) => compared.seen,
      () => null,
    );
    await editor.calls['ownEditor.upload']({ ...file, replaces: seen });
  }
  expect(panel.contents.get(file.path)?.toString()).toBe(last);
  editor.stop();
}

it('loses and overwrites no text, in 500 histories', async () => {
  const history = fc.array(fc.constantFrom(...acts), { maxLength: 20 });
  await fc.assert(fc.asyncProperty(history, play), { numRuns: 500 });
});
