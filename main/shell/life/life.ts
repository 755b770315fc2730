import type { App } from 'electron';
import type { Clock, Log } from '../../base/ports.js';

/** Another file in the place of Perch: hundreds of megabytes from one disk to another, at most. */
const lastWithinMs = 60_000;

/** Longer than the demo needs to stop its servers; a panel that does not answer must not keep Perch from quitting. */
const stopWithinMs = 6000;

export interface LifeDeps {
  readonly app: Pick<App, 'on' | 'exit' | 'quit'>;
  readonly process: Pick<NodeJS.Process, 'on'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly stop: () => Promise<void>;
  /** What is done once everything has stopped, or had its time to. */
  readonly last: () => Promise<void>;
}

/** What the end of a session sends, a service manager, and a terminal. By itself each ends Electron on the spot. */
const signals = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const;

/** Lets everything stop in order before the process ends, within a time limit. */
export function stopBeforeQuit({ app, process, clock, log, stop, last }: LifeDeps): void {
  for (const signal of signals) process.on(signal, () => app.quit());
  let stopping = false;
  app.on('before-quit', (event) => {
    // Windows must not close first: they ask what to do when the last one does.
    event.preventDefault();
    if (stopping) return;
    stopping = true;
    const within = (ms: number, work: () => Promise<void>): Promise<'late' | 'done' | 'failed'> => {
      const limit = new Promise<'late'>((resolve) => void clock.after(ms, () => resolve('late')));
      const done = work().then(
        () => 'done' as const,
        (error: unknown) => {
          log.error('app.stop-failed', { message: String(error) });
          return 'failed' as const;
        },
      );
      return Promise.race([done, limit]);
    };
    void within(stopWithinMs, stop).then(async (how) => {
      log.info('app.stopped', { how });
      await within(lastWithinMs, last);
      app.exit(0);
    });
  });
}
