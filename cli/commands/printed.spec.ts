import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { RemoteServer } from '../../bridge/schema/remote-entities.js';
import { recordingTerminal } from '../../tests/support/recording-terminal.js';
import type { PerchConnection } from '../connection.js';
import { stateColours } from '../colours.js';
import type { Options } from '../parse.js';
import type { Command } from './command.js';
import { doctor } from './doctor.js';
import { events } from './events.js';
import { list } from './list.js';
import { logs } from './logs.js';
import { open } from './open.js';
import { power } from './power.js';
import { status } from './status.js';
import { wait, withinTime } from './wait.js';

const esc = '\u001b';
const gib = 2 ** 30;

let asked: [verb: string, input: unknown][] = [];
let cancelled = 0;
let out = '';
let err = '';

beforeEach(() => {
  [asked, cancelled, out, err] = [[], 0, '', ''];
});

function aServer(fields: Partial<RemoteServer> = {}): RemoteServer {
  const place = { panel: 'Home', node: 'Node 1', address: 'play.example.com:25565' };
  const words = { state: 'running', word: 'running', usage: null, players: null, problem: null } as const;
  return {
    id: '1a2b3c4d',
    uuid: 'u',
    name: 'Survival',
    ...place,
    ...words,
    ...fields,
  };
}

interface Asking {
  readonly onEvent?: (event: unknown) => void;
  readonly onBegun?: (cancel: () => void) => void;
}

/** Output of a command for these events and this end from Perch. */
async function printed(
  command: Command,
  {
    args = [],
    options = {},
    terminal = {},
    came = [],
    answer = {},
  }: Partial<{
    args: string[];
    options: Options;
    terminal: { isShown?: boolean; hasColours?: boolean };
    came: unknown[];
    answer: unknown;
  }>,
): Promise<string> {
  const ask = async (verb: string, input: unknown, { onEvent, onBegun }: Asking = {}): Promise<unknown> => {
    asked.push([verb, input]);
    onBegun?.(() => (cancelled += 1));
    for (const event of came) onEvent?.(event);
    return answer;
  };
  const recording = recordingTerminal(null, terminal);
  try {
    await command({
      perch: { ask } as unknown as PerchConnection,
      args,
      plain: 0,
      options,
      terminal: recording.terminal,
      deadline: Infinity,
    });
  } finally {
    [out, err] = [recording.out(), recording.err()];
  }
  return out;
}

describe('list', () => {
  const servers = [aServer(), aServer({ name: 'Lobby', state: 'offline', word: 'offline', address: null })];

  it('prints a table without trailing spaces', async () => {
    expect((await printed(list, { answer: { servers } })).split('\n')).toEqual([
      'NAME      STATE    PANEL  ID        ADDRESS',
      'Survival  running  Home   1a2b3c4d  play.example.com:25565',
      'Lobby     offline  Home   1a2b3c4d',
      '',
    ]);
    expect(asked).toEqual([['list', {}]]);
  });

  it('paints heads and states where the terminal has colours', async () => {
    const text = await printed(list, { answer: { servers }, terminal: { hasColours: true } });
    expect(text).toContain(`${esc}[1mNAME${esc}[0m`);
    expect(text).toContain(`${esc}[32mrunning${esc}[0m`);
    expect(text).toContain(`${esc}[2moffline${esc}[0m`);
    expect(text).toContain('Survival  ');
  });

  it('prints JSON, also for no servers, with a note beside the output', async () => {
    expect(JSON.parse(await printed(list, { answer: { servers }, options: { json: true } }))).toEqual({
      servers,
    });
    expect(await printed(list, { answer: { servers: [] }, options: { json: true } })).toBe(
      '{"servers":[]}\n',
    );
    expect(err).toBe('');
    expect(await printed(list, { answer: { servers: [] } })).toBe('');
    expect(err).not.toBe('');
  });

  it('has a colour for each state', () => {
    expect(stateColours).toMatchObject({
      running: 'green',
      crashed: 'red',
      starting: 'yellow',
      installing: 'cyan',
    });
  });
});

describe('status', () => {
  const usage = {
    cpuPercent: 12.3,
    memoryBytes: gib,
    memoryLimitBytes: 2 * gib,
    diskBytes: 5 * gib,
    uptimeMs: 3_600_000,
  };
  const servers = [
    aServer({ usage }),
    aServer({
      name: 'Lobby',
      usage: { ...usage, memoryLimitBytes: null, uptimeMs: 0 },
      problem: 'No answer.',
    }),
    aServer({ name: 'Arena' }),
  ];

  it('prints figures to the right, no time for a server that is down, and problems below', async () => {
    const lines = (await printed(status, { args: ['a'], answer: { servers } })).split('\n');
    expect(asked).toEqual([['status', { names: ['a'], watch: false }]]);
    expect(lines[1]).toMatch(/^Survival {2}running +12 ?% +1.* \/ 2.* +5.* +1 h$/);
    expect(lines[2]).toMatch(/^Lobby +running +12 ?% +1.* \/ ∞ +5[^ ]* ?\w+$/);
    expect(lines[3]).toBe('Arena     running');
    expect(lines.slice(4)).toEqual(['', 'Lobby: No answer.', '']);
    expect(lines[1]?.length).toBe(lines[0]?.length);
  });

  it('prints no line below without problems', async () => {
    expect((await printed(status, { answer: { servers: [aServer()] } })).split('\n')).toHaveLength(3);
  });

  it('prints each change while watching: below the last one, or in its place on a terminal', async () => {
    const one = { servers: [aServer()] };
    const text = await printed(status, { options: { watch: true }, came: [one, one] });
    expect(asked).toEqual([['status', { names: [], watch: true }]]);
    expect(text.split('\n').filter((line) => line === '')).toHaveLength(3);
    const shown = await printed(status, {
      options: { watch: true },
      came: [one],
      terminal: { isShown: true },
    });
    expect(shown.startsWith(`${esc}[H${esc}[2J${esc}[3JNAME`)).toBe(true);
  });

  it('prints JSON', async () => {
    const text = await printed(status, { answer: { servers }, options: { json: true } });
    expect(JSON.parse(text)).toEqual({ servers });
  });
});

describe('logs', () => {
  const line = (text: string) => ({ at: 1, source: 'console', text });
  const came = [{ lines: [line('one'), line('two')] }, { lines: [line('three')], skipped: 5 }];

  it('prints a hundred lines, or as many as requested, without control characters', async () => {
    const text = await printed(logs, {
      args: ['Survival'],
      came: [{ lines: [line(`a${esc}[31mb`)] }, ...came],
    });
    expect(asked).toEqual([['logs', { name: 'Survival', lines: 100, follow: false }]]);
    expect(text).not.toContain(esc);
    expect(text).toContain('one\ntwo\n');
    await printed(logs, { args: ['A'], options: { lines: '7', follow: true } });
    expect(asked[1]).toEqual(['logs', { name: 'A', lines: 7, follow: true }]);
  });

  it('prints how many lines were skipped before the following ones', async () => {
    const text = await printed(logs, { came });
    expect(text.split('\n')).toEqual(['one', 'two', expect.stringContaining('5'), 'three', '']);
    const json = await printed(logs, { came, options: { json: true } });
    expect(
      json
        .trim()
        .split('\n')
        .map((one) => JSON.parse(one) as unknown),
    ).toEqual([line('one'), line('two'), { skipped: 5 }, line('three')]);
  });
});

describe('events', () => {
  const event = (id: string, title: string) => {
    const place = { kind: 'crashed', server: 'Survival', panel: 'Home' };
    return { id, at: 0, ...place, title, detail: 'Home', channels: null, isOver: false };
  };

  it('prints twenty events of all servers, or as many as requested of one', async () => {
    await printed(events, {});
    await printed(events, { args: ['A'], options: { lines: '0', follow: true } });
    expect(asked).toEqual([
      ['events', { name: null, limit: 20, follow: false, others: false }],
      ['events', { name: 'A', limit: 0, follow: true, others: false }],
    ]);
  });

  it('prints the messages to channels, but no entry again for that alone', async () => {
    const [one, two] = ['ntfy 21:04', 'ntfy 21:05'].map((channels) => ({
      ...event('a', 'A crashed'),
      channels,
    }));
    const text = await printed(events, { came: [{ events: [one, two] }] });
    expect(text.trim().split('  ').slice(1)).toEqual(['A crashed', 'Home', 'ntfy 21:04']);
  });

  it('prints an entry again only after a changed text', async () => {
    const came = [
      { events: [event('a', 'A crashed'), event('b', 'B crashed')] },
      { events: [event('a', 'A crashed')] },
    ];
    const more = { events: [event('a', 'A is back')] };
    const lines = (await printed(events, { came: [...came, more] })).trim().split('\n');
    expect(lines.map((one) => one.split('  ').slice(1))).toEqual([
      ['A crashed', 'Home'],
      ['B crashed', 'Home'],
      ['A is back', 'Home'],
    ]);
    expect((await printed(events, { came, options: { json: true } })).trim().split('\n')).toHaveLength(3);
  });
});

describe('doctor', () => {
  const step = { name: 'Key', ms: 12.4, detail: 'It is accepted.', next: '' };
  const steps = [
    { ...step, result: 'good' },
    { ...step, name: 'Node', result: 'bad', detail: 'No answer.', next: 'Ask the host.' },
    { ...step, name: 'Proxy', result: 'left-out' },
  ];

  it('prints numbered steps with their times, and fails with the number of bad ones', async () => {
    const over = printed(doctor, { answer: { steps } });
    await expect(over).rejects.toMatchObject({
      failure: { cause: 'failed', message: expect.stringContaining('1') as string },
    });
    const lines = out.split('\n');
    expect(lines[0]).toMatch(/^1\. Key: .+\. It is accepted\. \(12 ms\)$/);
    expect(lines[1]).toMatch(/^2\. Node: .+\. No answer\. Ask the host\. \(12 ms\)$/);
    expect(asked).toEqual([['doctor', {}]]);
  });

  it('does not fail if no step is bad, paints results, and prints JSON', async () => {
    const fine = {
      steps: [
        { ...step, result: 'good' },
        { ...step, result: 'warning' },
      ],
    };
    const text = await printed(doctor, { answer: fine, terminal: { hasColours: true } });
    expect(text).toContain(`${esc}[32m`);
    expect(text).toContain(`${esc}[33m`);
    expect(JSON.parse(await printed(doctor, { answer: fine, options: { json: true } }))).toEqual(fine);
  });
});

describe('open', () => {
  it('shows the console of a server or the named tab, and prints only JSON on request', async () => {
    expect(await printed(open, { args: ['A'] })).toBe('');
    await printed(open, { options: { tab: 'startup' } });
    expect(asked).toEqual([
      ['open', { name: 'A', tab: 'console' }],
      ['open', { name: null, tab: 'startup' }],
    ]);
    expect(await printed(open, { options: { json: true } })).toBe('{}\n');
  });
});

describe('a signal', () => {
  const result = (outcome: string, problem: string | null = null) => ({
    server: aServer(),
    outcome,
    problem,
  });

  it('prints the result for each server, and fails with the number of servers without the signal', async () => {
    const results = [result('done'), result('failed', 'No answer.'), result('cancelled')];
    const over = printed(power('stop'), { args: ['A', 'B'], options: { yes: true }, answer: { results } });
    await expect(over).rejects.toMatchObject({
      failure: { cause: 'failed', message: expect.stringContaining('2') as string },
    });
    expect(asked).toEqual([['power', { names: ['A', 'B'], signal: 'stop', isAgreed: true }]]);
    const lines = out.split('\n');
    expect(lines[0]).toMatch(/^Survival: [^(]+$/);
    expect(lines[1]).toMatch(/^Survival: .+ \(No answer\.\)$/);
  });

  it('prints JSON, and succeeds if all servers got it', async () => {
    const results = [result('done'), result('sent')];
    const text = await printed(power('start'), { args: ['A'], options: { json: true }, answer: { results } });
    expect(JSON.parse(text)).toEqual({ results });
    expect(asked[0]?.[1]).toMatchObject({ isAgreed: false });
  });
});

describe('wait', () => {
  const is = (state: RemoteServer['state']) => ({ servers: [aServer({ state, word: state })] });

  it('ends as soon as the server has the state, and prints the state', async () => {
    const came = [is('offline'), is('running'), is('stopping'), is('running')];
    expect(await printed(wait, { args: ['Survival'], came })).toBe('Survival: running\n');
    expect(asked).toEqual([['status', { names: ['Survival'], watch: true }]]);
    expect(cancelled).toBe(2);
    const options = { state: 'offline', json: true } as const;
    expect(JSON.parse(await printed(wait, { args: ['S'], came, options }))).toMatchObject({
      server: { state: 'offline' },
    });
  });

  it('fails with the last state, or that no state was received', async () => {
    await expect(printed(wait, { came: [is('offline')], options: { timeout: '5' } })).rejects.toMatchObject({
      failure: { cause: 'timeout', message: 'Survival is offline after 5 s.' },
    });
    await expect(printed(wait, { args: ['Lobby'] })).rejects.toMatchObject({
      failure: { message: 'Lobby is unknown after 60 s.' },
    });
  });

  it('ends at the deadline, whatever Perch does', async () => {
    vi.useFakeTimers();
    try {
      const over = withinTime(new Promise<never>(() => undefined), Date.now() + 5000);
      await vi.advanceTimersByTimeAsync(4999);
      expect(vi.getTimerCount()).toBe(1);
      await vi.advanceTimersByTimeAsync(1);
      expect(await over).toBeNull();
      expect(await withinTime(Promise.resolve('there'), Date.now() + 5000)).toBe('there');
      expect(vi.getTimerCount()).toBe(0);
      await expect(withinTime(Promise.reject(new Error('lost')), Date.now() + 5000)).rejects.toThrow('lost');
    } finally {
      vi.useRealTimers();
    }
  });
});

describe('the table of status', () => {
  it('has its figures at the right of their columns, below their heads', async () => {
    const usage = {
      cpuPercent: 5,
      memoryBytes: gib,
      memoryLimitBytes: null,
      diskBytes: gib,
      uptimeMs: 60_000,
    };
    const servers = [aServer({ usage }), aServer({ name: 'Lobby' })];
    const text = await printed(status, { answer: { servers } });
    const [heads = '', first = '', second = ''] = text.split('\n');
    expect(heads.length).toBe(first.length);
    const ends = (line: string): number[] => [...line.matchAll(/\S(?= {2}|$)/g)].map(({ index }) => index);
    expect(ends(first).slice(2)).toEqual(ends(heads).slice(2));
    expect(second.trimEnd()).toBe(second.trimEnd().replace(/\d/g, ''));
  });
});
