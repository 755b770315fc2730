import { readdirSync, readlinkSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import type { ElectronApplication } from '@playwright/test';
import { timersOf, type TimersByPlace } from './timers.js';

/** Time between two heap measurements, in ms. */
const everyMs = 5000;

/** Resources of main at one moment. */
export interface Resources {
  readonly descriptors: number;
  readonly sockets: number;
  readonly timers: TimersByPlace;
  readonly listeners: number;
}

export async function resourcesOf(app: ElectronApplication): Promise<Resources> {
  const inside = await app.evaluate((electron) => {
    const emitters = [process, electron.app, electron.ipcMain, electron.powerMonitor, electron.nativeTheme];
    const listeners = emitters.flatMap((emitter) =>
      emitter.eventNames().map((name) => emitter.listenerCount(name)),
    );
    return {
      pid: process.pid,
      listeners: listeners.reduce((sum, count) => sum + count, 0),
    };
  });
  const descriptors = descriptorsOf(inside.pid);
  const sockets = descriptors.filter((target) => target.startsWith('socket:')).length;
  const timers = await timersOf(app);
  return { descriptors: descriptors.length, sockets, timers, listeners: inside.listeners };
}

/** Bytes of main's heap in use after garbage collection. */
export function heapOf(app: ElectronApplication): Promise<number> {
  return app.evaluate(() => {
    const v8 = process.getBuiltinModule('node:v8');
    const { runInNewContext } = process.getBuiltinModule('node:vm');
    v8.setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    collect();
    collect();
    return process.memoryUsage().heapUsed;
  });
}

function descriptorsOf(pid: number): string[] {
  const folder = `/proc/${pid}/fd`;
  return readdirSync(folder).flatMap((name) => {
    try {
      return [readlinkSync(`${folder}/${name}`)];
    } catch {
      return [];
    }
  });
}

export interface Sample {
  /** Time of the sample, in ms. */
  readonly at: number;
  readonly bytes: number;
}

/** Growth in bytes per hour, by linear regression. */
export function growthOf(samples: readonly Sample[]): number {
  const mean = (of: (sample: Sample) => number): number =>
    samples.reduce((sum, sample) => sum + of(sample), 0) / samples.length;
  const [middle, level] = [mean(({ at }) => at), mean(({ bytes }) => bytes)];
  const spread = mean(({ at }) => (at - middle) ** 2);
  if (spread === 0) return 0;
  return (mean(({ at, bytes }) => (at - middle) * (bytes - level)) / spread) * 3_600_000;
}

/** Measures main's heap repeatedly until `end`. */
export class HeapWatch {
  readonly #samples: Sample[] = [];
  readonly #measuring: Promise<void>;
  #isOver = false;

  constructor(app: ElectronApplication, time: { readonly now: number }) {
    this.#measuring = this.#measure(app, time);
  }

  /** Samples of the second half; in the first half bounded caches fill up. */
  async end(): Promise<Sample[]> {
    this.#isOver = true;
    await this.#measuring;
    return this.#samples.slice(Math.floor(this.#samples.length / 2));
  }

  async #measure(app: ElectronApplication, time: { readonly now: number }): Promise<void> {
    while (!this.#isOver) {
      this.#samples.push({ at: time.now, bytes: await heapOf(app) });
      for (const next = time.now + everyMs; !this.#isOver && time.now < next;) await pause(250);
    }
  }
}
