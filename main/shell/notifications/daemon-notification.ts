import type { NotificationLike, NotificationOptions } from './notifications.js';

/** Width, height, bytes a row, whether there is alpha, bits a sample, samples a pixel, and red, green, blue, alpha. */
export type DaemonPicture = readonly [number, number, number, boolean, number, number, Uint8Array];

export interface DaemonPort {
  show(notification: DaemonNotification): Promise<void>;
  close(notification: DaemonNotification): void;
}

type Listener = (event: unknown, detail: never) => void;

/** One notification of a Linux daemon, as Electron has those of other systems. */
export class DaemonNotification implements NotificationLike {
  /** The daemon's; null until it has answered, and once it has closed it. */
  number: number | null = null;
  /** Resolves once the daemon has answered, well or not. */
  answered: Promise<void> = Promise.resolve();
  readonly options: NotificationOptions;
  readonly #daemon: DaemonPort;
  readonly #listeners = new Map<string, Listener>();
  #isClosed = false;
  #end: (() => void) | null = null;

  constructor(options: NotificationOptions, daemon: DaemonPort) {
    this.options = options;
    this.#daemon = daemon;
  }

  /** Whether it was closed, maybe before the daemon has answered. */
  get isClosed(): boolean {
    return this.#isClosed;
  }

  show(): void {
    this.answered = this.#daemon.show(this);
  }

  close(): void {
    this.#isClosed = true;
    this.#daemon.close(this);
  }

  on(event: string, listener: Listener): void {
    this.#listeners.set(event, listener);
  }

  emit(event: 'click' | 'close' | 'show'): void {
    this.#tell(event);
  }

  emitFailed(why: string): void {
    this.#tell('failed', why);
  }

  /** `key` as it was given to the daemon: `default` = the notification itself, a number = the button at that place. */
  press(key: string): void {
    if (key === 'default') this.#tell('click');
    else if (/^\d$/.test(key)) this.#tell('action', Number(key));
  }

  /** Runs once it is gone from the screen. */
  onEnd(run: () => void): void {
    this.#end = run;
  }

  end(): void {
    this.#end?.();
    this.#end = null;
    this.number = null;
    this.#tell('close');
  }

  #tell(event: string, detail?: unknown): void {
    this.#listeners.get(event)?.({}, detail as never);
  }
}
