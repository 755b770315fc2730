import type { RemoteSchedule } from '../../bridge/schema/remote-schedule-verbs.js';
import { duration } from '../../bridge/text/duration.js';
import { dayAndTime } from '../../bridge/text/time-of-day.js';
import { learnArea, say } from '../../messages/messages.js';
import { painter, type Colour, type Paint } from '../colours.js';
import { table } from '../table.js';
import { printJson, type Command } from './command.js';

/** `perch schedules NAME`: the panel's schedules of a server, and their tasks. */
export const schedules: Command = async ({ perch, args: [name = ''], options, terminal }) => {
  // Words of the tab "Schedules".
  await learnArea('schedules');
  const found = await perch.ask('schedules', { name });
  if (options['json'] === true) return printJson(terminal, found);
  const { schedules: all } = found;
  const paint = painter(terminal.hasColours);
  if (all.length > 0) terminal.out(schedulesTable(all, paint));
  if (all.some(({ tasks }) => tasks.length > 0)) terminal.out(`\n${tasksTable(all, paint)}`);
  terminal.err(`${say('schedules.count', { count: all.length })}\n`);
};

const colours: Readonly<Partial<Record<RemoteSchedule['state'], Colour>>> = {
  stuck: 'red',
  overdue: 'yellow',
  running: 'green',
};

const heads = ['schedule', 'cron', 'state', 'next-run', 'last-run'] as const;

function schedulesTable(all: readonly RemoteSchedule[], paint: Paint): string {
  const now = Date.now();
  const time = (at: number | null): string => (at === null ? '' : dayAndTime(at, now));
  const rows = all.map(({ name, cron, state, nextRunAt, lastEndedAt }) => {
    const colour = colours[state];
    return [
      { text: name },
      { text: cron },
      { text: say(`schedules.is-${state}`), ...(colour === undefined ? {} : { colour }) },
      { text: state === 'off' || state === 'empty' ? '' : time(nextRunAt) },
      { text: time(lastEndedAt) },
    ];
  });
  return table(heads, rows, paint);
}

const taskHeads = ['schedule', 'task', 'wait', 'does'] as const;

function tasksTable(all: readonly RemoteSchedule[], paint: Paint): string {
  const rows = all.flatMap(({ name, tasks }) =>
    tasks.map(({ place, action, payload, offsetSeconds }) => [
      { text: name },
      { text: String(place), isFigure: true },
      { text: offsetSeconds === 0 ? '' : duration(offsetSeconds * 1000) },
      { text: `${action} ${payload}`.trimEnd() },
    ]),
  );
  return table(taskHeads, rows, paint);
}
