import type { App } from 'electron';
import type { Clock, Log } from '../../base/ports.js';

/** Time limit of `last`, in ms: an update copies some hundred megabytes between disks at most. */
const lastWithinMs = 60_000;

/**
 * Time limit of `stop`, in ms: longer than the demo needs to stop its servers. A dead panel must not block quitting.
 */
const stopWithinMs = 6000;

export interface StopDeps {
  readonly app: Pick<App, 'on' | 'exit' | 'quit'>;
  readonly process: Pick<NodeJS.Process, 'on'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly stop: () => Promise<void>;
  /** Work after the stop or its time limit: installs an update. */
  readonly last: () => Promise<void>;
  /** Starts Perch after the end of this process. Gets the data of another start. */
  readonly startNext: (data: unknown) => void;
}

/** Signals of a session's end, a service manager and a terminal. By default each ends Electron at once. */
const signals = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const;

/**
 * Stops all modules in order before the process ends, within time limits.
 *
 * Meanwhile the process still takes the requests of other starts. The user who starts Perch again at once gets a Perch
 * after the end of this one.
 */
export function stopBeforeQuit({ app, process, clock, log, stop, last, startNext }: StopDeps): void {
  for (const signal of signals) process.on(signal, () => app.quit());
  let stopping = false;
  let next: { readonly data: unknown } | null = null;
  app.on('second-instance', (_event, _argv, _folder, data) => {
    if (stopping) next = { data };
  });
  app.on('before-quit', (event) => {
    // Keep the windows open for now: closing the main window would run its own handler, which may quit.
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
      if (next !== null) startNext(next.data);
      app.exit(0);
    });
  });
}
