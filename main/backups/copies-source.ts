import type { Transfer } from '../../bridge/schema/transfers.js';
import { Alarm } from '../base/alarm.js';
import { Disposables } from '../base/disposables.js';
import type { Source } from '../base/feed-source.js';
import type { Clock } from '../base/ports.js';
import type { Copies } from './copies.js';

export interface CopiesSourceDeps {
  readonly clock: Clock;
  readonly copies: Pick<Copies, 'shown' | 'changed'>;
  readonly settings: { listen(listener: () => void): () => void };
  readonly transfers: {
    readonly current: readonly Transfer[];
    listen(listener: () => void): () => void;
  };
}

/** Somebody else may change the folder: a disk that is connected, a file manager, a program that synchronises. */
const lookEveryMs = 5000;

/** The feed `copies`: looks into the folder again while a window shows the copies. */
export function copiesSource({ clock, copies, settings, transfers }: CopiesSourceDeps): Source<'copies'> {
  return ({ serverId }, sink) => {
    const alarm = new Alarm(clock);
    const disposables = new Disposables();
    let [sent, queue, round] = ['', '', 0];
    const look = async (): Promise<void> => {
      const mine = ++round;
      alarm.set(lookEveryMs, () => void look());
      const value = await copies.shown(serverId);
      const text = JSON.stringify(value);
      if (mine !== round || text === sent) return;
      sent = text;
      sink.change(value);
    };
    sink.snapshot(null);
    disposables.add(
      copies.changed.listen((id) => void (id === serverId && look())),
      settings.listen(() => void look()),
      transfers.listen(() => {
        const now = transfers.current.map(({ id, state }) => `${id} ${state}`).join();
        if (now !== queue) void look();
        queue = now;
      }),
    );
    void look();
    return () => {
      round += 1;
      alarm.clear();
      disposables.dispose();
    };
  };
}
