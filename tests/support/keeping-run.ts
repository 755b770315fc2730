import type { PastState } from '../../bridge/schema/history.js';
import { archivedUsage } from '../../main/history/archive.js';
import { dayMs, hourMs, minutes } from '../../main/history/chunks.js';
import { StoredEvents } from '../../main/history/events.js';
import type { DiskChange, HistoryDisk } from '../../main/history/history-disk.js';
import { entriesOf } from '../../main/history/journal-store.js';
import { Keeping } from '../../main/history/keeping.js';
import type { Level } from '../../main/history/level-folder.js';
import { Notes } from '../../main/history/notes.js';
import { StoredTraces } from '../../main/history/run-traces.js';
import { RecentStates } from '../../main/history/recent-states.js';
import { RecentUsage } from '../../main/history/recent-usage.js';
import { rowOf } from '../../main/history/sample-rows.js';
import { ServerNumbers } from '../../main/history/server-numbers.js';
import { FakeClock } from './fake-clock.js';
import { aSample } from './samples.js';

export const minute = 60_000;
/** Start of an hour of the wall clock, which is ahead of the monotonic time. */
export const wholeHour = 19_675 * dayMs + 5 * hourMs;
export const wallAheadMs = 7 * hourMs;

/** One run of Perch on the store `open`: its data in memory, and `Keeping`. `at` = wall-clock time. */
export function keepingRun(open: () => Level, at: number, mostBytes = Infinity) {
  const clock = new FakeClock(at - wallAheadMs);
  clock.setWall(at);
  const states = new RecentStates();
  const usage = new RecentUsage(clock);
  const [notes, numbers, events] = [new Notes(states), new ServerNumbers(), new StoredEvents()];
  const traces = new StoredTraces({ keeps: () => true, read: (work) => work(open()) });
  const keeping = new Keeping({ clock, usage, states, notes, numbers, events, traces, mostBytes });
  let isRefused = false;
  const disk: Pick<HistoryDisk, 'write'> = {
    write: async (changes: DiskChange[]) => {
      if (isRefused) return false;
      await open().batch(changes);
      return true;
    },
  };
  return {
    clock,
    events,
    keeping,
    notes,
    numbers,
    states,
    usage,
    refuse: (isSo: boolean) => (isRefused = isSo),
    begin: (isGone: (serverId: string) => boolean = () => false) => keeping.begin(open(), isGone),
    rollUp: () => keeping.rollUp(open()),
    saw(server: string, state: PastState) {
      if (states.set(server, state, clock.now())) notes.state(server, state, clock.now());
    },
    measured(server: string, cpuPercent = 1) {
      const row = rowOf(aSample(clock.now(), { cpuPercent }), 1);
      usage.addRow(server, row);
      notes.usage(server, row);
    },
    async write() {
      notes.close(clock.now(), null);
      await keeping.writeJournal(disk as HistoryDisk);
    },
    /** Passes time and writes the journal at its end. */
    async live(ms: number, everyMs = minute, server = 'home/1') {
      for (const end = clock.now() + ms; clock.now() < end;) {
        clock.sleep(everyMs);
        this.measured(server);
        await this.write();
      }
    },
  };
}

export async function journalOf(level: Level) {
  const found = [];
  for await (const entry of entriesOf(level)) found.push(entry);
  return found;
}

export const allDay: [number, number] = [wholeHour - 5 * hourMs, wholeHour + 19 * hourMs];
/** Times of the stored minutes of a server, in minutes since `wholeHour`. */
export async function storedMinutes(level: Level, number: number): Promise<number[]> {
  return (await archivedUsage(level, minutes, number, allDay)).map(({ at }) => (at - wholeHour) / minute);
}
