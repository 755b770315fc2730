import { expect, it, vi } from 'vitest';
import '../../tests/support/every-area.js';
import { recordingTerminal } from '../../tests/support/recording-terminal.js';
import type { RemoteRule, RemoteRun } from '../../bridge/schema/remote-rule-verbs.js';
import type { PerchConnection } from '../connection.js';
import type { Options } from '../parse.js';
import { rules } from './rules.js';

const at = new Date(2026, 10, 20, 3, 50).getTime();

function aRule(fields: Partial<RemoteRule> = {}): RemoteRule {
  return {
    id: 'r1',
    name: 'Nightly restart',
    isOn: true,
    offBy: null,
    target: { kind: 'server', name: 'Survival' },
    trigger: 'Every day at 03:50',
    condition: 'nobody is on the server',
    steps: [
      { place: '1', text: 'If it is late' },
      { place: '1.then.1', text: 'Restart the server' },
      { place: '1.else', text: 'Otherwise' },
      { place: '1.else.1', text: 'End this run' },
    ],
    next: null,
    failures: 0,
    missed: [],
    underWay: [],
    last: null,
    ...fields,
  };
}

const seen = { of: 'players', verdict: true, value: 0, source: 'query', ageMs: 4000 } as const;
const aRun: RemoteRun = {
  server: 'Survival',
  isDry: false,
  at,
  endedAt: at + 5000,
  end: 'failed',
  cause: { kind: 'time', at, value: null },
  seen: [
    { ...seen, server: 'Survival' },
    { ...seen, verdict: 'unknown', server: 'Lobby' },
  ],
  steps: [
    {
      place: '1',
      kind: 'power',
      at,
      endedAt: at + 1000,
      outcome: 'refused',
      text: null,
      problem: 'No permission.',
      seen: [{ ...seen, verdict: false, server: 'Survival' }],
    },
  ],
};

function setUp(args: string[], answer: object, options: Options = {}) {
  const ask = vi.fn(async (_verb: string, _input: object) => answer);
  const { terminal, out, err } = recordingTerminal();
  const over = rules({
    perch: { ask } as unknown as PerchConnection,
    args,
    plain: 0,
    options,
    terminal,
    deadline: Infinity,
  });
  return { ask, over, printed: async () => (await over, { out: out(), err: err() }) };
}

it('lists rules with state, servers, next and last run, and missed times below', async () => {
  const off = aRule({
    name: 'Guard',
    isOn: false,
    offBy: 'failures',
    target: { kind: 'group', name: null },
    last: { at, end: 'failed', server: 'Survival' },
    missed: [at],
  });
  const { ask, printed } = setUp([], { rules: [aRule({ target: { kind: 'event', name: null } }), off] });
  const { out } = await printed();
  expect(ask).toHaveBeenCalledExactlyOnceWith('rules', {});
  const lines = out.split('\n');
  expect(lines[0]).toMatch(/^RULE +STATE +FOR +NEXT RUN +LAST RUN +ENDED$/);
  expect(lines[1]).toMatch(/^Nightly restart {2}on +The server of the event$/);
  expect(lines[2]).toMatch(
    /^Guard +off after failures +A removed group +Nov 20, 2026, 03:50 +A step failed$/,
  );
  expect(lines.slice(3)).toEqual([
    '',
    'Guard: Missed while Perch or this computer was off: Nov 20, 2026, 03:50',
    '',
  ]);
});

it('says that no rules exist', async () => {
  expect(await setUp([], { rules: [] }).printed()).toEqual({
    out: '',
    err: 'There are no rules. Write one in Perch, under “Automation”.\n',
  });
});

it('prints a rule in words and its runs with cause, values and steps', async () => {
  const { ask, printed } = setUp(['Nightly'], { rule: aRule(), runs: [aRun] });
  const { out } = await printed();
  expect(ask).toHaveBeenCalledExactlyOnceWith('ruleRuns', { rule: 'Nightly', limit: 5 });
  expect(out.split('\n')).toEqual([
    'Nightly restart: on',
    'Every day at 03:50 · only if nobody is on the server · Survival',
    '  1. If it is late',
    '    1. Restart the server',
    '  Otherwise',
    '    1. End this run',
    '',
    'Nov 20, 2026, 03:50:00  Survival  A step failed',
    '  Cause: The planned time 03:50:00',
    '  Players: 0 players, from the game, 4 s old (true)',
    expect.stringMatching(/^ {2}Players of Lobby: 0 players, .*too old or not sure.* \(unknown\)$/),
    '  1. Start, stop or restart: refused 03:50:01',
    '     No permission.',
    '     Players: 0 players, from the game, 4 s old (false)',
    '',
  ]);
});

it('says that no run is known, and asks for as many runs as wanted', async () => {
  const { ask, printed } = setUp(['Nightly'], { rule: aRule(), runs: [] }, { lines: '50' });
  expect((await printed()).out).toContain('No run yet\n');
  expect(ask).toHaveBeenCalledExactlyOnceWith('ruleRuns', { rule: 'Nightly', limit: 50 });
  await expect(setUp(['Nightly'], {}, { lines: '201' }).over).rejects.toThrow('201');
});

it('prints JSON', async () => {
  const list = { rules: [aRule()] };
  expect(JSON.parse((await setUp([], list, { json: true }).printed()).out)).toEqual(list);
  const one = { rule: aRule(), runs: [aRun] };
  expect(JSON.parse((await setUp(['r1'], one, { json: true }).printed()).out)).toEqual(one);
});
