import { expect, it, vi } from 'vitest';
import '../../tests/support/every-area.js';
import { recordingTerminal } from '../../tests/support/recording-terminal.js';
import type { RemoteSchedule } from '../../bridge/schema/remote-schedule-verbs.js';
import type { PerchConnection } from '../connection.js';
import type { Options } from '../parse.js';
import { schedules } from './schedules.js';
import { startup } from './startup.js';

const nightly: RemoteSchedule = {
  id: 1,
  name: 'Nightly',
  cron: '0 4 * * *',
  state: 'waiting',
  onlyWhenOnline: true,
  lastEndedAt: null,
  nextRunAt: new Date(2030, 10, 28, 12).getTime(),
  tasks: [
    { place: 1, action: 'command', payload: 'say soon', offsetSeconds: 0, continuesAfterFailure: false },
    { place: 2, action: 'power', payload: 'restart', offsetSeconds: 300, continuesAfterFailure: false },
  ],
};

async function run(command: typeof schedules, verb: string, answer: object, options: Options = {}) {
  const { terminal, out, err } = recordingTerminal();
  const ask = vi.fn(async () => answer);
  const perch = { ask } as unknown as PerchConnection;
  await command({ perch, args: ['Lobby'], options, plain: 0, terminal, deadline: Infinity });
  expect(ask).toHaveBeenCalledExactlyOnceWith(verb, { name: 'Lobby' });
  return { out: out(), err: err() };
}

it('prints schedules with their next run, then their tasks with the waits', async () => {
  const off: RemoteSchedule = { ...nightly, id: 2, name: 'Old', state: 'off', tasks: [] };
  const { out, err } = await run(schedules, 'schedules', { schedules: [nightly, off] });
  const lines = out.split('\n');
  expect(lines[0]).toMatch(/^SCHEDULE +CRON +STATE +NEXT RUN +LAST RUN$/);
  expect(lines[1]).toMatch(/^Nightly +0 4 \* \* \* +waiting +Nov 28, 2030/);
  expect(lines[2]).toMatch(/^Old +0 4 \* \* \* +switched off$/);
  expect(lines[4]).toMatch(/^SCHEDULE +TASK +WAIT +ACTION$/);
  expect(lines[5]).toMatch(/^Nightly +1 +command say soon$/);
  expect(lines[6]).toMatch(/^Nightly +2 +5 min +power restart$/);
  expect(err).toBe('2 schedules\n');
});

it('prints one line of JSON, and no table without schedules', async () => {
  const { out } = await run(schedules, 'schedules', { schedules: [nightly] }, { json: true });
  expect(JSON.parse(out)).toEqual({ schedules: [nightly] });
  expect(await run(schedules, 'schedules', { schedules: [] })).toEqual({ out: '', err: '0 schedules\n' });
});

it('prints the startup, each value on one line', async () => {
  const variable = { description: '', rules: '', isEditable: true };
  const found = {
    command: 'java -jar server.jar',
    template: '',
    images: [
      { label: 'Java 21', image: 'ghcr.io/x:java_21' },
      { label: '', image: 'ghcr.io/x:java_17' },
    ],
    variables: [
      { ...variable, name: 'Jar', envVariable: 'JAR', serverValue: 'a\n\u001b[31mb', defaultValue: 'c' },
      {
        ...variable,
        name: 'Seed',
        envVariable: 'SEED',
        serverValue: null,
        defaultValue: '7',
        isEditable: false,
      },
    ],
  };
  const lines = (await run(startup, 'startup', found)).out.split('\n');
  expect(lines.slice(0, 4)).toEqual([
    'java -jar server.jar',
    '',
    'Image: Java 21 (ghcr.io/x:java_21)',
    'Image: ghcr.io/x:java_17',
  ]);
  expect(lines[5]).toMatch(/^VARIABLE +VALUE +DEFAULT +EDITABLE +DESCRIPTION$/);
  expect(lines[6]).toMatch(/^JAR +a b +c +yes +Jar$/);
  expect(lines[7]).toMatch(/^SEED +7 +7 +Seed$/);
  expect(JSON.parse((await run(startup, 'startup', found, { json: true })).out)).toEqual(found);
});
