import type { App } from 'electron';
import type { Clock, Log } from '../base/ports.js';

/** Longer than the demo needs to stop its servers; a panel that does not answer must not keep Perch from quitting. */
const stopWithinMs = 6000;

export interface LifeDeps {
  readonly app: Pick<App, 'on' | 'exit'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly stop: () => Promise<void>;
}

/** Lets everything stop in order before the process ends, within a time limit. */
export function stopBeforeQuit({ app, clock, log, stop }: LifeDeps): void {
  let stopping = false;
  app.on('before-quit', (event) => {
    // Windows must not close first: they ask what to do when the last one does.
    event.preventDefault();
    if (stopping) return;
    stopping = true;
    const limit = new Promise<'late'>((resolve) => void clock.after(stopWithinMs, () => resolve('late')));
    const done = stop().then(
      () => 'done' as const,
      (error: unknown) => {
        log.error('app.stop-failed', { message: String(error) });
        return 'failed' as const;
      },
    );
    void Promise.race([done, limit]).then((how) => {
      log.info('app.stopped', { how });
      app.exit(0);
    });
  });
}
