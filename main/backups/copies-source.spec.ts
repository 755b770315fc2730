import { expect, it } from 'vitest';
import type { ServerCopies } from '../../bridge/schema/backup-copies.js';
import type { Transfer } from '../../bridge/schema/transfers.js';
import { aTransfer } from '../../tests/support/entities.js';
import { FakeClock } from '../../tests/support/fake-clock.js';
import { Emitter } from '../base/emitter.js';
import { Observable } from '../base/observable.js';
import { copiesSource } from './copies-source.js';

const nothing: ServerCopies = { folder: 'ready', copies: [], coming: [], failed: [] };

function aRig() {
  const clock = new FakeClock();
  const copies = { changed: new Emitter<string>(), value: nothing, looks: 0 };
  const settings = new Emitter<void>();
  const transfers = new Observable<readonly Transfer[]>([]);
  const sent: unknown[] = [];
  const stop = copiesSource({
    clock,
    copies: {
      changed: copies.changed,
      shown: async () => {
        copies.looks += 1;
        return copies.value;
      },
    },
    settings: { listen: (listener) => settings.listen(listener) },
    transfers,
  })(
    { serverId: 'home/1' },
    { snapshot: (value) => sent.push(value), change: (value) => sent.push(value) },
    { webContentsId: 1 },
  );
  return { clock, copies, settings, transfers, sent, stop };
}

it('a change of the folder by another program is seen within seconds, and sent once', async () => {
  const { clock, copies, sent, stop } = aRig();
  await clock.advance(0);
  expect(sent).toEqual([null, nothing]);
  copies.value = { ...nothing, folder: 'away' };
  await clock.advance(20_000);
  expect(sent).toEqual([null, nothing, copies.value]);
  stop();
  expect(clock.pending).toBe(0);
});

it('changes by Perch are looked at at once; the progress of a transfer is none', async () => {
  const { clock, copies, settings, transfers, stop } = aRig();
  const looksAfter = async (act: () => void): Promise<number> => {
    await clock.advance(0);
    const before = copies.looks;
    act();
    await clock.advance(0);
    return copies.looks - before;
  };
  expect(await looksAfter(() => copies.changed.emit('home/1'))).toBe(1);
  expect(await looksAfter(() => copies.changed.emit('home/2'))).toBe(0);
  expect(await looksAfter(() => settings.emit())).toBe(1);
  expect(await looksAfter(() => transfers.set([aTransfer()]))).toBe(1);
  expect(await looksAfter(() => transfers.set([aTransfer({ bytes: 10 })]))).toBe(0);
  expect(await looksAfter(() => transfers.set([aTransfer({ state: 'failed' })]))).toBe(1);
  stop();
  expect(await looksAfter(() => settings.emit())).toBe(0);
});
