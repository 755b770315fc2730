import { app, dialog } from 'electron';
import { say } from '../../../messages/messages.js';
import { Faults, startAgain, type FaultsDeps } from './faults.js';
import { stopBeforeQuit, type StopDeps } from './stop-before-quit.js';

export interface RunDeps
  extends Pick<FaultsDeps, 'clock' | 'log'>, Pick<StopDeps, 'stop' | 'last' | 'startNext'> {
  /** Named in the errors that end Perch. */
  readonly logFolder: string;
  readonly asPerson: (run: () => void) => void;
  readonly start: () => Promise<void>;
}

/** Starts Perch, and stops it before it quits. Shows an error and ends the process if the start or later work fails. */
export async function runPerch({
  clock,
  log,
  logFolder,
  asPerson,
  start,
  stop,
  last,
  startNext,
}: RunDeps): Promise<void> {
  const endWith = (title: 'failure.start' | 'failure.faulty'): void => {
    dialog.showErrorBox(say(title), say('failure.look', { folder: logFolder }));
    app.exit(1);
  };
  const faults = new Faults({
    clock,
    log,
    restart: () => asPerson(() => startAgain(app, process)),
    giveUp: () => endWith('failure.faulty'),
  });
  faults.listen(process);
  app.on('child-process-gone', (_event, { type, reason, exitCode }) => {
    log.warn('app.child-gone', { type, reason, exitCode });
  });
  stopBeforeQuit({
    app,
    process,
    clock,
    log,
    stop,
    last,
    startNext: (data) => asPerson(() => startNext(data)),
  });
  try {
    await start();
  } catch (error) {
    log.error('app.start-failed', { message: error instanceof Error ? error.stack : String(error) });
    endWith('failure.start');
  }
}
