import { describe, expect, it } from 'vitest';
import type { RunEnd } from '../model/game-process.js';
import type { Click, OwnRefusal, ServerAlert, Transcript } from '../transcript.js';
import { cooledDown } from './alerts.js';
import {
  alert,
  broken,
  click,
  crash,
  id,
  notice,
  refusal,
  second,
  shown,
  transcript,
  trouble,
  type PlantedHistory,
} from './planted.js';
import { judge } from './rules.js';

it('an honest history has no findings', () => {
  expect(judge(transcript())).toEqual([]);
});

describe('never from newer to older', () => {
  const truth: PlantedHistory['truth'] = [
    [100, 'offline'],
    [130, 'running'],
  ];
  const rule = 'never from newer to older';
  const late = { link: 'none', mark: 'unknown' } as const;

  it('accepts late states in order', () => {
    const rows = [shown(1, 'running'), shown(135, 'offline', late), shown(140, 'running', late)];
    expect(broken({ truth, shown: rows })).not.toContain(rule);
  });

  it('finds a state that ended before the last shown one began', () => {
    const rows = [shown(1, 'running'), shown(135, 'running'), shown(136, 'offline', late)];
    const after = [shown(1, 'running'), shown(101, 'offline'), shown(110, 'running', late)];
    expect(broken({ truth, shown: after })).toContain(rule);
    // Two reports of `running` count as one, so `offline` may follow.
    expect(broken({ truth, shown: rows })).not.toContain(rule);
  });

  it('finds a state that never was', () => {
    expect(broken({ shown: [shown(1, 'running'), shown(50, 'stopping')] })).toContain(rule);
  });

  it('finds a state older than a minute of waking time', () => {
    const rows = [shown(1, 'running'), shown(100, 'offline'), shown(200, 'running', late)];
    const course: PlantedHistory = { truth: [[100, 'offline']], shown: rows };
    expect(broken(course)).toContain(rule);
    const early = [shown(1, 'running'), shown(199, 'offline', late)];
    const short: PlantedHistory = {
      truth: [
        [100, 'offline'],
        [110, 'running'],
      ],
      shown: early,
    };
    expect(broken(short)).toContain(rule);
    const asleep = { sleeps: [{ from: 111 * second, to: 190 * second }] };
    expect(broken({ ...short, rest: asleep })).not.toContain(rule);
  });
});

describe('a green mark is true', () => {
  const rule = 'a green mark is true';
  const truth: PlantedHistory['truth'] = [[100, 'offline']];

  it('finds a green mark that is wrong for more than 45 s', () => {
    expect(broken({ truth, shown: [shown(1, 'running'), shown(146, 'offline')] })).toContain(rule);
    expect(broken({ truth, shown: [shown(1, 'running'), shown(144, 'offline')] })).not.toContain(rule);
  });

  it('ignores time asleep', () => {
    const rest = { sleeps: [{ from: 101 * second, to: 300 * second }] };
    expect(broken({ truth, shown: [shown(1, 'running'), shown(340, 'offline')], rest })).not.toContain(rule);
    expect(broken({ truth, shown: [shown(1, 'running'), shown(347, 'offline')], rest })).toContain(rule);
  });

  it('finds a green mark that is wrong until the end', () => {
    expect(broken({ truth })).toContain(rule);
  });

  it('adds up consecutive wrong states', () => {
    const states: PlantedHistory['truth'] = [
      [100, 'stopping'],
      [130, 'offline'],
    ];
    expect(broken({ truth: states, shown: [shown(1, 'running'), shown(146, 'offline')] })).toContain(rule);
  });
});

describe('alerts', () => {
  const truth: PlantedHistory['truth'] = [
    [100, 'offline'],
    [101, 'starting'],
    [110, 'running'],
  ];
  const rows = [shown(1, 'running'), shown(100, 'offline'), shown(101, 'starting'), shown(110, 'running')];
  const course = (ends: RunEnd[], alerts: ServerAlert[], rest: Partial<Transcript> = {}): PlantedHistory => ({
    truth,
    shown: rows,
    ends,
    rest: { alerts, ...rest },
  });

  it('are right with one for each crash', () => {
    expect(broken(course([crash(100)], [alert(101)]))).toEqual([]);
  });

  it('without a cause are findings', () => {
    expect(broken(course([], [alert(101)]))).toEqual(['no alert without a cause']);
  });

  it('are wrong for a crash if somebody wanted the end', () => {
    const wanted = crash(100, { kind: 'wanted', by: 'somebody' });
    expect(broken(course([wanted], [alert(101)]))).toEqual(['no alert without a cause']);
    expect(broken(course([wanted], [alert(101, 'events.went-offline')]))).toEqual([]);
    const own = crash(100, { kind: 'wanted', by: 'perch' });
    expect(broken(course([own], [alert(101, 'events.went-offline')]))).toEqual(['no alert without a cause']);
  });

  it('of one crash come once', () => {
    expect(broken(course([crash(100)], [alert(101), alert(103)]))).toEqual(['no alert without a cause']);
  });

  it('are findings if they are missing', () => {
    const rule = 'no crash untold but by a rule that is named';
    expect(broken(course([crash(100)], []))).toEqual([rule]);
    expect(broken(course([crash(100)], [alert(107)]))).toEqual([rule]);
  });

  it('are not required during a trouble, or right after another alert', () => {
    const troubles = [{ from: 60 * second, to: 70 * second, kind: 'mute', where: 'node' }];
    expect(broken(course([crash(100)], [], { troubles }))).toEqual([]);
    const elsewhere = [{ from: 60 * second, to: 70 * second, kind: 'mute', where: 'other' }];
    expect(broken(course([crash(100)], [], { troubles: elsewhere }))).not.toEqual([]);
    const again = course([crash(60), crash(100)], [alert(61)]);
    expect(broken(again)).toEqual([]);
    expect(cooledDown(transcript(again))).toBe(1);
  });

  it('of a stop do not cover a following crash', () => {
    const stop = crash(60, { kind: 'wanted', by: 'somebody', from: 'stopping' });
    const told = [alert(61, 'events.stopped')];
    expect(broken(course([stop, crash(100)], told))).toEqual(['no crash untold but by a rule that is named']);
    expect(broken(course([stop, crash(100)], [...told, alert(101)]))).toEqual([]);
  });

  it('of a flapping server are not required until it was quiet', () => {
    const ends = [crash(100), crash(400), crash(500)];
    const flapping = alert(101, 'alerts.flapping');
    expect(broken(course([crash(100), crash(300)], [flapping]))).toEqual([]);
    expect(broken(course(ends, [flapping, alert(401), alert(501)]))).toEqual([]);
    expect(broken(course([crash(100), crash(405)], [flapping]))).toEqual([
      'no crash untold but by a rule that is named',
    ]);
  });

  it("are not required if the cause is unknown and may be the user's", () => {
    const clicks = [click('restart', { at: 80 * second })];
    const silent = crash(100, { hasLines: false });
    expect(broken(course([silent], [], { clicks }))).toEqual([]);
    expect(broken(course([silent], []))).not.toEqual([]);
    expect(broken(course([crash(100)], [], { clicks }))).not.toEqual([]);
  });
});

describe('lasting outages', () => {
  const rule = ['what stays down is told'];
  const down: PlantedHistory = {
    truth: [[100, 'offline']],
    shown: [shown(1, 'running'), shown(100, 'offline')],
    ends: [crash(100)],
  };
  const flapping = alert(101, 'alerts.flapping');
  const on = (rest: Partial<Transcript>): string[] => broken({ ...down, rest });

  it('is reported whatever was reported before, also for a flapping server', () => {
    expect(on({ alerts: [flapping] })).toEqual(rule);
    expect(on({ alerts: [alert(101)] })).toEqual([]);
    const lasts = notice(160, 'stays-down');
    expect(on({ alerts: [flapping], shownAlerts: [lasts] })).toEqual([]);
    expect(on({ alerts: [flapping], shownAlerts: [{ ...lasts, at: 190 * second }] })).toEqual(rule);
  });

  it('needs no alert if the server starts again, or during a trouble', () => {
    const truth: PlantedHistory['truth'] = [
      [100, 'offline'],
      [150, 'starting'],
    ];
    expect(broken({ ...down, truth, rest: { alerts: [flapping] } })).not.toContain(rule[0]);
    expect(on({ alerts: [flapping], troubles: [trouble(150, 160, 'mute', 'node')] })).toEqual([]);
  });
});

describe("somebody's stop", () => {
  const rule = ["somebody's stop is told"];
  const stop = crash(100, { kind: 'wanted', by: 'somebody', from: 'stopping', hasLines: false });
  const stopped: PlantedHistory = {
    truth: [[100, 'offline']],
    shown: [shown(1, 'running'), shown(100, 'offline')],
    ends: [stop],
  };
  const on = (rest: Partial<Transcript>): string[] => broken({ ...stopped, rest });

  it('is reported, once', () => {
    expect(on({})).toEqual(rule);
    const told = alert(103, 'events.stopped');
    expect(on({ alerts: [told] })).toEqual([]);
    expect(on({ alerts: [told, alert(104, 'events.stopped')] })).toEqual(['no alert without a cause']);
    expect(broken({ ...stopped, ends: [{ ...stop, by: 'perch' }], rest: { alerts: [told] } })).toEqual([
      'no alert without a cause',
    ]);
  });

  it("needs no alert if it was a restart, the user's own, or reported a moment ago", () => {
    const again: PlantedHistory['truth'] = [
      [100, 'offline'],
      [100, 'starting'],
      [110, 'running'],
    ];
    const rows = [shown(1, 'running'), shown(100, 'offline'), shown(100, 'starting'), shown(110, 'running')];
    expect(broken({ ...stopped, truth: again, shown: rows })).toEqual([]);
    expect(on({ clicks: [click('kill', { at: 90 * second })] })).toEqual([]);
    const slow: PlantedHistory = {
      truth: [
        [195, 'stopping'],
        [200, 'offline'],
      ],
      shown: [shown(1, 'running'), shown(195, 'stopping'), shown(200, 'offline')],
      ends: [{ ...stop, at: 200 * second }],
    };
    const clicked = (at: number) =>
      broken({ ...slow, rest: { clicks: [click('kill', { at: at * second })] } });
    expect([clicked(74), clicked(78)]).toEqual([rule, []]);
    const twice = [{ ...stop, at: 60 * second }, stop];
    expect(broken({ ...stopped, ends: twice, rest: { alerts: [alert(62, 'events.stopped')] } })).toEqual([]);
    expect(broken({ ...stopped, ends: [crash(60), stop], rest: { alerts: [alert(62)] } })).toEqual(rule);
  });
});

describe('clicks', () => {
  const rule = ['clicks are told as they are'];
  const on = (one: Click): string[] => broken({ rest: { clicks: [one] } });

  it('may fail, or be carried out', () => {
    expect(on(click('stop', { failedAt: 6 * second }))).toEqual([]);
    expect(on(click('stop', { doneAt: [6 * second] }))).toEqual([]);
  });

  it('are not carried out after they were reported as failed', () => {
    expect(on(click('stop', { failedAt: 20 * second, doneAt: [40 * second] }))).toEqual(rule);
    expect(on(click('stop', { failedAt: 20 * second, doneAt: [6 * second] }))).toEqual(rule);
  });

  it('are carried out once', () => {
    expect(on(click({ command: 'say 1' }, { doneAt: [6 * second, 7 * second] }))).toEqual(rule);
    expect(on(click('restart', { doneAt: [6 * second, 7 * second] }))).toEqual(rule);
  });
});

describe('a 429 of its own', () => {
  const rule = ['no 429 of its own'];
  const asks = [{ at: 5 * second, serverId: id }];
  const on = (...ownRefusals: OwnRefusal[]): string[] => broken({ rest: { ownRefusals, asks } });

  it('may follow a click, once', () => {
    expect(on(refusal(6, id))).toEqual([]);
    expect(on(refusal(6, id), refusal(7, id))).toEqual(rule);
  });

  it('does not follow a later, much earlier or other click', () => {
    expect(on(refusal(4, id))).toEqual(rule);
    expect(on(refusal(37, id))).toEqual(rule);
    expect(on(refusal(6, 'panel/b'))).toEqual(rule);
  });

  it("does not follow a click if the panel's general limit was used up", () => {
    expect(on(refusal(6, null))).toEqual(rule);
  });
});

describe('the rest', () => {
  it.each<[string, Partial<Transcript>]>([
    ['no 429 of its own', { ownRefusals: [refusal(1, null)] }],
    ['a key goes to its panel only', { strayKeys: [{ at: 1, url: 'https://elsewhere.example' }] }],
    ['all is right after the last trouble', { unsettled: [{ serverId: id, what: 'is missing' }] }],
    ['nothing is left behind', { leftovers: { timers: 1, sockets: 0, clients: 0, listeners: 0 } }],
    ['no error is lost', { uncaught: ['Error: nobody caught it'] }],
  ])('%s', (rule, rest) => {
    expect(broken({ rest })).toEqual([rule]);
  });
});
