import type { ElectronApplication } from '@playwright/test';

/** Stack frames that name the place of a timer, nearest first. */
const frames = 4;

/** Timers that main has set and that have neither run nor been cleared, counted by their place in the code. */
export type TimersByPlace = Readonly<Record<string, number>>;

/**
 * Notes the place of each timer that main sets from now on. Call this function once, right after the start of main.
 * A repeated alarm sets its next timer itself (`Alarm.every`): that timer keeps the place of the first, and has no place
 * if the first was set before this call.
 */
export async function noteTimers(app: ElectronApplication): Promise<void> {
  await app.evaluate((_electron, count) => {
    const set = globalThis.setTimeout;
    const clear = globalThis.clearTimeout;
    const places = new Map<unknown, string | undefined>();
    const ofTheClock = /Alarm\.set|MonotonicClock|Object\.timer|#set |setTimeout/;
    /** Place of the timer that runs now. */
    let running: string | undefined;
    const place = (): string | undefined => {
      const lines = (new Error().stack ?? '')
        .split('\n')
        .slice(3)
        .map((line) => line.trim().replace(/\(?(?:file:\/\/)?\/.*\/out\//, '('))
        .filter((line) => !ofTheClock.test(line));
      const isRepeated = lines[0]?.startsWith('at ringAgain ') === true;
      return isRepeated ? running : lines.slice(0, count).join(' < ');
    };
    const noted = (
      run: (...values: unknown[]) => void,
      ms?: number,
      ...values: unknown[]
    ): NodeJS.Timeout => {
      const timer = set(() => {
        running = places.get(timer);
        places.delete(timer);
        try {
          run(...values);
        } finally {
          running = undefined;
        }
      }, ms);
      places.set(timer, place());
      return timer;
    };
    Object.assign(globalThis, {
      setTimeout: Object.assign(noted, set),
      clearTimeout: (timer: NodeJS.Timeout | undefined) => {
        places.delete(timer);
        clear(timer);
      },
      timersByPlace: () => {
        const counts: Record<string, number> = {};
        for (const name of places.values()) if (name !== undefined) counts[name] = (counts[name] ?? 0) + 1;
        return counts;
      },
    });
  }, frames);
}

export function timersOf(app: ElectronApplication): Promise<TimersByPlace> {
  return app.evaluate(() =>
    (globalThis as unknown as { timersByPlace: () => TimersByPlace }).timersByPlace(),
  );
}

/**
 * Places with three timers or more than before: timers of panels, servers or windows that are gone. The soak removes
 * three panels, so a timer left by each panel shows as three. Two are parts that exist once, such as the rounds that read
 * the lists of backups and of schedules.
 */
export function timersLeft(before: TimersByPlace, after: TimersByPlace): Record<string, number> {
  const more = Object.entries(after).map(([place, count]): [string, number] => [
    `timers of ${place}`,
    count - (before[place] ?? 0),
  ]);
  return Object.fromEntries(more.filter(([, count]) => count > 2));
}
