import { EventEmitter } from 'node:events';
import { PassThrough } from 'node:stream';
import type {
  EndSignal,
  ForkUtility,
  UtilityOptions,
  UtilityProcessLike,
} from '../../main/shell/demo/utility.js';

/** Fake utility process; the test triggers its events in Electron's order. */
export class FakeUtility extends EventEmitter implements UtilityProcessLike {
  readonly stdout = new PassThrough();
  readonly stderr = new PassThrough();
  /** Messages sent to the process. */
  readonly messages: unknown[] = [];
  readonly signals: EndSignal[] = [];
  pid: number | undefined;
  /** True if the operating system no longer has the process. */
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

  /**
   * Ends the process. `late` = output still in the pipe at the exit event; afterwards nothing reads the pipes, as in
   * Electron 33.
   */
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

/** `fork` that makes fake utility processes, and the signals sent to their process ids. */
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

/** Waits for several turns of the event loop: streams pass data on in such turns, which `settle` does not reach. */
export async function streamsSettle(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await new Promise<void>((resolve) => setImmediate(resolve));
}
