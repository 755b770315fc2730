import { EventEmitter } from 'node:events';
import { PassThrough } from 'node:stream';
import type {
  EndSignal,
  ForkUtility,
  UtilityOptions,
  UtilityProcessLike,
} from '../../main/shell/demo/utility.js';

/** A fake utility process; it does what the test says, at the moments at which Electron would. */
export class FakeUtility extends EventEmitter implements UtilityProcessLike {
  readonly stdout = new PassThrough();
  readonly stderr = new PassThrough();
  /** What it was sent. */
  readonly messages: unknown[] = [];
  readonly signals: EndSignal[] = [];
  pid: number | undefined;
  /** The operating system does not know it any more. */
  gone = false;

  constructor(
    readonly script: string,
    readonly options: UtilityOptions,
  ) {
    super();
  }

  postMessage(message: unknown): void {
    this.messages.push(message);
  }

  begin(pid: number): void {
    this.pid = pid;
    this.emit('spawn');
  }

  says(message: unknown): void {
    this.emit('message', message);
  }

  /** `late` is still in the pipe when the end is told. Afterwards nobody listens to the pipes any more, as in Electron 33. */
  finish(status: number, late = ''): void {
    this.pid = undefined;
    this.emit('exit', status);
    this.stdout.removeAllListeners();
    this.stderr.removeAllListeners();
    setImmediate(() => {
      this.stdout.end(late);
      this.stderr.end();
    });
  }
}

/** A `fork` that makes such processes, and the signals that are sent to them by their ids. */
export class FakeUtilities {
  readonly all: FakeUtility[] = [];

  readonly fork: ForkUtility = (script, options) => {
    const made = new FakeUtility(script, options);
    this.all.push(made);
    return made;
  };

  readonly send = (pid: number, signal: EndSignal): void => {
    const target = this.all.find((one) => one.pid === pid && !one.gone);
    if (target === undefined) throw new Error('kill ESRCH');
    target.signals.push(signal);
  };

  at(index: number): FakeUtility {
    const found = this.all[index];
    if (found === undefined) throw new Error(`there are only ${this.all.length} processes`);
    return found;
  }
}

/** Streams hand on what they hold in turns of the event loop, which promises alone do not reach. */
export async function streamsSettle(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await new Promise<void>((resolve) => setImmediate(resolve));
}
