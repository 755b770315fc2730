import { expect, it } from 'vitest';
import type { RunEnd } from '../model/game-process.js';
import { Recorder } from '../recorder.js';
import { NotificationAlerts, type EndedServer } from './notification-alerts.js';

const second = 1000;

function crash(seconds: number): RunEnd {
  return { at: seconds * second, kind: 'crash', by: null, from: 'running', hasLines: true };
}

function servers(...ends: RunEnd[][]): EndedServer[] {
  return ends.map((of, index) => ({
    id: `a/${index + 1}`,
    node: 'Rack 1',
    names: [`no. ${index + 1}`],
    ends: of,
  }));
}

/** Notifications by second, as alerts of a recorder. */
function recorded(of: EndedServer[], ...shown: [number, string, string?][]): Recorder {
  const recorder = new Recorder({ now: 0 });
  new NotificationAlerts(of, recorder).record(
    shown.map(([at, summary, body = '']) => ({ at: at * second, summary, body })),
  );
  return recorder;
}

function said({ alerts }: Recorder): string[] {
  return alerts.map(({ at, serverId, says }) => `${at / second} ${serverId} ${says}`);
}

it('"stays down" after the alert of the same crash is no alert of another end', () => {
  const of = servers([crash(10)]);
  expect(said(recorded(of, [11, 'no. 1 crashed'], [21, 'no. 1 crashed and stays down']))).toEqual([
    '11 a/1 events.crashed',
  ]);
  // Damping holds the alert back for a minute.
  const late = recorded(of, [11, 'no. 1 crashed'], [81, 'no. 1 crashed and stays down']);
  expect(said(late)).toEqual(['11 a/1 events.crashed']);
  expect(late.shownAlerts.map(({ says }) => says)).toEqual(['events.crashed', 'events.stays-down']);
});

it('"stays down" after a crash without an alert is the alert of that crash', () => {
  const of = servers([crash(10), crash(15)]);
  expect(said(recorded(of, [11, 'no. 1 crashed'], [20, 'no. 1 crashed and stays down']))).toEqual([
    '11 a/1 events.crashed',
    '20 a/1 events.stays-down',
  ]);
});

it('the update of a shared alert tells only of the servers that joined', () => {
  const of = servers([crash(10)], [crash(10)], [crash(10)], [crash(60)]);
  const recorder = recorded(
    of,
    [11, '3 servers on Rack 1 went down', 'host: no. 1, no. 2, no. 3'],
    [80, '4 servers on Rack 1 went down', 'host: no. 1, no. 2, no. 3, no. 4'],
  );
  expect(said(recorder)).toEqual([
    '11 a/1 alerts.many',
    '11 a/2 alerts.many',
    '11 a/3 alerts.many',
    '80 a/4 alerts.many',
  ]);
  expect(recorder.shownAlerts.at(-1)?.serverIds).toEqual(['a/1', 'a/2', 'a/3', 'a/4']);
});

it('a notification that nobody knows is a fault', () => {
  expect(recorded(servers([]), [1, 'Hello']).uncaught).toEqual(['Nobody knows the notification "Hello".']);
});
