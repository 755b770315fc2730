/** Events of the node, and messages to it (PROTOCOL 4.4, 4.5, 4.11). */
import { describe, expect, it } from 'vitest';
import { aLiveSession, aTicket, authenticate } from '../../tests/support/wings-session.js';

const unexplained =
  'Error Event [7db2ef3e-e157-4a89-9992-bf1189642fe0]: an unexpected error was encountered while handling this request';

function stats(fields: Record<string, unknown> = {}): string {
  return JSON.stringify({
    memory_bytes: 1000,
    memory_limit_bytes: 5000,
    cpu_absolute: 12.5,
    network: { rx_bytes: 7, tx_bytes: 8 },
    uptime: 42_000,
    state: 'running',
    disk_bytes: 300,
    ...fields,
  });
}

function daemon(text: string, app = 'Pterodactyl'): string {
  return `\u001b[33m\u001b[1m[${app} Daemon]:\u001b[39m ${text}\u001b[0m`;
}

describe('state and usage', () => {
  it('passes on changes of state once', async () => {
    const { socket, listener } = await aLiveSession({ state: 'offline' });
    for (const state of ['starting', 'starting', 'running', 'nonsense', 'stopping']) {
      socket().receive('status', state);
    }
    expect(listener.powers).toEqual(['offline', 'starting', 'running', 'stopping']);
  });

  it('uses the state of the stats after a missed status', async () => {
    const { socket, listener } = await aLiveSession({ state: 'stopping' });
    socket().receive('stats', stats({ state: 'offline' }));
    expect(listener.powers).toEqual(['stopping', 'offline']);
  });

  it("reads stats in Perch's units", async () => {
    const { socket, listener, clock } = await aLiveSession();
    socket().receive('stats', stats());
    socket().receive('stats', stats({ memory_limit_bytes: 0, state: 'paused', disk_io: { read_bytes: 1 } }));
    expect(listener.usages).toEqual([
      {
        at: clock.now(),
        cpuPercent: 12.5,
        memoryBytes: 1000,
        memoryLimitBytes: 5000,
        diskBytes: 300,
        networkRxBytes: 7,
        networkTxBytes: 8,
        uptimeMs: 42_000,
      },
      expect.objectContaining({ memoryLimitBytes: null }),
    ]);
    expect(listener.powers).toEqual(['running']);
  });

  it('reports the state again after a reconnect', async () => {
    const { socket, listener, clock } = await aLiveSession();
    socket().events.closed(1006, '');
    await clock.advance(2000);
    await authenticate(socket(), 'running');
    expect(listener.powers).toEqual(['running', 'running']);
  });
});

it('unreadable frames are ignored, and each kind is logged once', async () => {
  const { socket, listener, log } = await aLiveSession();
  for (let round = 0; round < 3; round++) {
    socket().events.message('hello');
    socket().events.message('');
    socket().events.message('[]');
    socket().events.message('null');
    socket().events.message('{"event":7}');
    socket().events.message('{"event":"console output","args":"x"}');
    socket().events.message('{"event":"console output","args":[{}]}');
    socket().receive('stats', '{"memory_bytes":"many"}');
    socket().receive('stats', '[]');
    socket().receive('stats', stats({ cpu_absolute: -1 }));
    socket().receive('stats', stats({ memory_bytes: 1e305 }));
    socket().receive('status', 'on fire');
    socket().receive('brand new event', 'x');
    socket().receive('feature match', '{}');
    socket().receive('backup completed', '{}');
    socket().receive('backup completed:35ee9172-5a0e-4506-a1d2-2450827d97e8', '{}');
  }
  // All backup events count as one kind, whatever the backup's name.
  expect(log.count('wings.malformed')).toBe(6);
  expect(log.count('wings.event-ignored')).toBe(1);
  expect(listener.facts).toEqual([]);
  expect(listener.lastLink).toEqual({ kind: 'live' });
  expect(listener.usages).toEqual([]);
  expect(listener.powers).toEqual(['running']);
  expect(listener.notices).toEqual([]);
});

it('the server is read again after an event that only the panel can explain', async () => {
  const { socket, listener } = await aLiveSession();
  socket().receive('install started', '');
  socket().receive('install completed', '');
  socket().receive('backup restore completed', '');
  socket().receive('transfer status', 'pending');
  expect(listener.changes).toBe(4);
});

it('lines of installation, daemon and transfer have their source', async () => {
  const { socket, listener, clock } = await aLiveSession();
  await clock.advance(2000);
  socket().receive('install output', 'Downloading');
  socket().receive('daemon message', 'Starting installation process, this could take a few minutes...');
  socket().receive('transfer logs', 'moving');
  socket().receive('console output', daemon('Updating process configuration files...', 'my host'));
  socket().receive('console output', '[33mnot a daemon line');
  expect(listener.allLines.map((line) => line.source)).toEqual([
    'install',
    'daemon',
    'daemon',
    'daemon',
    'server',
  ]);
  expect(listener.texts()[3]).toBe(daemon('Updating process configuration files...', 'my host'));
});

it('a line that is too long for Wings is cut', async () => {
  const { socket, listener, clock } = await aLiveSession();
  await clock.advance(2000);
  socket().receive('console output', 'x'.repeat(200_000));
  expect(listener.texts()[0]).toHaveLength(65_536);
});

describe('history', () => {
  it('is separated from later lines', async () => {
    const { socket, listener, clock } = await aLiveSession();
    socket().receive('console output', 'one');
    socket().receive('console output', 'two');
    expect(listener.allLines).toEqual([]);
    await clock.advance(200);
    socket().receive('console output', 'three');
    expect(listener.allLines.map(({ source, text }) => [source, text])).toEqual([
      ['history', 'one'],
      ['history', 'two'],
      ['server', 'three'],
    ]);
  });

  it('shows only missed lines after a reconnect', async () => {
    const { socket, listener, clock } = await aLiveSession();
    for (const text of ['boot', 'ready', 'tick 1']) socket().receive('console output', text);
    await clock.advance(200);
    socket().receive('console output', 'tick 2');
    socket().events.closed(1006, '');
    await clock.advance(2000);
    await authenticate(socket(), 'running');
    for (const text of ['boot', '', 'ready', 'tick 1', 'tick 2', 'tick 3', 'tick 4']) {
      socket().receive('console output', text);
    }
    await clock.advance(200);
    expect(listener.texts()).toEqual(['boot', 'ready', 'tick 1', 'tick 2', 'tick 3', 'tick 4']);
  });

  it('is complete after a new start', async () => {
    const { socket, listener, clock } = await aLiveSession();
    for (const text of ['boot', 'ready']) socket().receive('console output', text);
    await clock.advance(200);
    socket().receive('status', 'offline');
    socket().receive('status', 'starting');
    socket().events.closed(1006, '');
    await clock.advance(2000);
    await authenticate(socket(), 'starting');
    for (const text of ['boot', 'ready']) socket().receive('console output', text);
    await clock.advance(200);
    expect(listener.texts()).toEqual(['boot', 'ready', 'boot', 'ready']);
  });

  it('releases held lines when the connection breaks', async () => {
    const { socket, listener } = await aLiveSession();
    socket().receive('console output', 'last words');
    socket().events.closed(1006, '');
    expect(listener.texts()).toEqual(['last words']);
  });

  it('does not hold back a server that prints continuously', async () => {
    const { socket, listener, clock } = await aLiveSession();
    for (let count = 0; count < 20; count++) {
      socket().receive('console output', `line ${String(count)}`);
      await clock.advance(100);
    }
    expect(listener.allLines.length).toBeGreaterThan(14);
    expect(listener.allLines.at(-1)?.source).toBe('server');
  });
});

describe('crashes', () => {
  const lines = [
    '---------- Detected server process in a crashed state! ----------',
    'Exit code: 137',
    'Out of memory: true',
  ];

  it('are reported once, whichever comes first, lines or state', async () => {
    for (const stateFirst of [true, false]) {
      const { socket, listener, clock } = await aLiveSession();
      if (stateFirst) socket().receive('status', 'offline');
      for (const line of lines) socket().receive('console output', daemon(line, 'pelican'));
      if (!stateFirst) socket().receive('status', 'offline');
      await clock.advance(5000);
      expect(listener.crashes).toEqual([{ exitCode: 137, outOfMemory: true }]);
    }
  });

  it('are not believed from the process itself', async () => {
    const { socket, listener, clock } = await aLiveSession();
    for (const line of lines) socket().receive('console output', line);
    await clock.advance(5000);
    expect(listener.crashes).toEqual([]);
  });

  it('are not reported for a printed stop word', async () => {
    const { socket, listener, clock } = await aLiveSession();
    socket().receive('status', 'offline');
    for (const line of [lines[0] ?? '', 'Exit code: 0', 'Out of memory: false']) {
      socket().receive('console output', daemon(line));
    }
    await clock.advance(80);
    socket().receive('status', 'running');
    await clock.advance(5000);
    expect(listener.crashes).toEqual([]);
  });
});

describe('power', () => {
  it('goes over the socket if the token allows it', async () => {
    const { session, socket } = await aLiveSession({
      ticket: () => aTicket({ permissions: ['websocket.connect', 'control.start', 'control.stop'] }),
    });
    expect(session.sendPower('start')).toBe(true);
    expect(session.sendPower('kill')).toBe(true);
    expect(session.sendPower('restart')).toBe(false);
    expect(session.sendCommand('list')).toBe(false);
    expect(socket().sent.slice(2)).toEqual([
      { event: 'set state', args: ['start'] },
      { event: 'set state', args: ['kill'] },
    ]);
  });

  it('is not sent without a connection', async () => {
    const { session, socket } = await aLiveSession();
    socket().events.closed(1006, '');
    expect(session.sendPower('stop')).toBe(false);
    expect(session.sendCommand('stop')).toBe(false);
  });

  it.each([
    [unexplained, 'The node did not carry out the start and gives no reason.'],
    [
      'Error Event [x]: another power action is currently being processed for this server, please try again later',
      'The node is still busy with another power action on this server. Try again in a moment; only kill works meanwhile.',
    ],
    [
      'Error Event [x]: filesystem: not enough\u001b[31m disk space',
      'The node says: filesystem: not enough disk space',
    ],
  ])('refused with a daemon error becomes a sentence', async (text, sentence) => {
    const { session, socket, listener } = await aLiveSession();
    session.sendPower('start');
    socket().receive('daemon error', text);
    expect(listener.notices).toEqual([sentence]);
    expect(listener.noticesAbout).toEqual(['signal']);
  });
});

describe('messages that a newer node dropped', () => {
  it('are reported by their kind', async () => {
    const { socket, listener } = await aLiveSession();
    socket().receive('throttled', 'send logs');
    socket().receive('throttled', 'send command');
    socket().receive('throttled', 'set state');
    expect(listener.noticesAbout).toEqual(['other', 'signal']);
  });

  it('of any kind are reported as the latest message', async () => {
    const { session, socket, listener, clock } = await aLiveSession();
    socket().receive('throttled', 'global');
    expect(listener.notices).toEqual([]);
    await clock.advance(2200);
    session.sendPower('kill');
    session.sendCommand('say\u0007hi');
    socket().receive('throttled', 'global');
    expect(listener.noticesAbout).toEqual(['signal', 'other']);
    expect(listener.notices[1]).toBe(
      'The node dropped a command because it received too many at once; the last one sent was “say hi”. The console shows the commands that arrived.',
    );
    await clock.advance(4000);
    socket().receive('throttled', 'global');
    expect(listener.notices).toHaveLength(2);
  });

  it('slow down the commands, one at a time', async () => {
    const { session, socket, clock } = await aLiveSession();
    const sent = (): number =>
      socket()
        .sentEvents()
        .filter((event) => event === 'send command').length;
    for (let count = 0; count < 10; count++) session.sendCommand(`c${String(count)}`);
    expect(sent()).toBe(1);
    socket().receive('throttled', 'send command');
    await clock.advance(2100);
    expect(sent()).toBe(1);
    await clock.advance(100);
    expect(sent()).toBe(2);
    await clock.advance(2200);
    expect(sent()).toBe(3);
    socket().receive('throttled', 'send command');
    await clock.advance(4300);
    expect(sent()).toBe(3);
    await clock.advance(200);
    expect(sent()).toBe(4);
  });
});

describe('commands', () => {
  it('wait for the echo of the previous command, or 250 ms', async () => {
    const { session, socket, clock } = await aLiveSession();
    const sent = (): (string | undefined)[] =>
      socket()
        .sent.slice(2)
        .map((frame) => frame.args?.[0]);
    for (const command of ['one', 'two\nlines', 'three']) expect(session.sendCommand(command)).toBe(true);
    expect(sent()).toEqual(['one']);
    socket().receive('console output', 'something else');
    expect(sent()).toEqual(['one']);
    socket().receive('console output', 'one');
    expect(sent()).toEqual(['one', 'two\nlines']);
    await clock.advance(249);
    expect(sent()).toHaveLength(2);
    await clock.advance(1);
    expect(sent()).toEqual(['one', 'two\nlines', 'three']);
  });

  it('stay below the limits of newer nodes', async () => {
    const { session, socket, clock } = await aLiveSession();
    for (let count = 0; count < 20; count++) session.sendCommand(`c${String(count)}`);
    await clock.advance(2000);
    expect(
      socket()
        .sentEvents()
        .filter((event) => event === 'send command'),
    ).toHaveLength(7);
    await clock.advance(2200);
    expect(
      socket()
        .sentEvents()
        .filter((event) => event === 'send command'),
    ).toHaveLength(9);
  });

  it('that are too long for a frame are left to REST', async () => {
    const { session } = await aLiveSession();
    expect(session.sendCommand('x'.repeat(3900))).toBe(true);
    expect(session.sendCommand('x'.repeat(4000))).toBe(false);
    expect(session.sendCommand('✓'.repeat(1400))).toBe(false);
  });

  it('that were not sent are reported when the connection breaks', async () => {
    const { session, socket, listener } = await aLiveSession();
    for (const command of ['one', 'two', 'three']) session.sendCommand(command);
    socket().events.closed(1006, '');
    expect(listener.notices).toEqual([
      '2 commands were not sent: the live connection was lost. Up in the command line brings them back.',
    ]);
    expect(listener.noticesAbout).toEqual(['commands']);
  });
});
