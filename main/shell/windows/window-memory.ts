import { isDeepStrictEqual } from 'node:util';
import type { BrowserWindow } from 'electron';
import type { View } from '../../../bridge/schema/view.js';
import { Alarm } from '../../base/alarm.js';
import type { Clock, KeptWindow, WindowStore } from '../../base/ports.js';
import type { FleetStore } from '../../fleet/store.js';

/** Delay in ms before writing. A window that is being resized sends an event with each frame. */
const restMs = 1000;

export interface WindowMemoryDeps {
  readonly clock: Clock;
  readonly file: WindowStore;
  readonly store: Pick<FleetStore, 'state'>;
}

type Kept = Pick<BrowserWindow, 'getNormalBounds' | 'isMaximized' | 'isDestroyed' | 'on'>;

const nothing: KeptWindow = { bounds: null, isMaximized: false, view: null };

/** Place and view of the main window, kept between openings and runs. */
export class WindowMemory {
  readonly #rest: Alarm;
  #kept = nothing;
  #written = nothing;

  constructor(private readonly deps: WindowMemoryDeps) {
    this.#rest = new Alarm(deps.clock);
  }

  /** Never rejects. */
  async load(): Promise<void> {
    this.#kept = (await this.deps.file.load()) ?? nothing;
    this.#written = this.#kept;
  }

  get place(): Pick<KeptWindow, 'bounds' | 'isMaximized'> {
    return this.#kept;
  }

  /** The last view; null if it no longer exists. */
  get view(): View | null {
    const { view } = this.#kept;
    if (view === null || view.kind === 'onboarding') return null;
    return view.kind === 'server' && !this.deps.store.state.servers.has(view.serverId) ? null : view;
  }

  /** View of a new main window. */
  get home(): View {
    return this.deps.store.state.accounts.size === 0
      ? { kind: 'onboarding' }
      : (this.view ?? { kind: 'fleet' });
  }

  setView(view: View): void {
    this.#keep({ view });
  }

  follow(window: Kept): void {
    const look = (): void => {
      if (!window.isDestroyed())
        this.#keep({ bounds: window.getNormalBounds(), isMaximized: window.isMaximized() });
    };
    window.on('resize', look);
    window.on('move', look);
    window.on('maximize', look);
    window.on('unmaximize', look);
  }

  /** Writes pending changes. */
  async stop(): Promise<void> {
    this.#rest.clear();
    await this.#write();
  }

  #keep(change: Partial<KeptWindow>): void {
    this.#kept = { ...this.#kept, ...change };
    this.#rest.set(restMs, () => void this.#write());
  }

  async #write(): Promise<void> {
    if (isDeepStrictEqual(this.#kept, this.#written)) return;
    this.#written = this.#kept;
    await this.deps.file.save(this.#kept);
  }
}
