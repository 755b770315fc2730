import { describe, expect, it } from 'vitest';
import type { ServerPatch } from '../../../bridge/fleet/changes.js';
import type { PowerSignal } from '../../../bridge/schema/domain.js';
import { PerchError } from '../../../bridge/errors.js';
import { verbatim } from '../../../messages/messages.js';
import { aProblem } from '../../../tests/support/a-problem.js';
import { aFleet, aPanelServer, FakeHistories, FakePanel } from '../../../tests/support/fleet-fakes.js';
import { saying } from '../../../tests/support/spoken-problem.js';
import { serverCalls } from './calls.js';

const id = 'home/u0';

async function rig(fields: ServerPatch = {}, power: 'running' | 'offline' = 'running') {
  const panel = new FakePanel();
  panel.list = [aPanelServer('u0')];
  const fleet = aFleet(panel);
  await fleet.live(power);
  fleet.store.apply([{ kind: 'server-patched', serverId: id, patch: fields }]);
  const histories = new FakeHistories();
  const deps = { store: fleet.store, fleet: fleet.fleet, histories, startupSet: () => undefined };
  const calls = serverCalls(deps);
  return {
    ...fleet,
    histories,
    now: () => fleet.server('u0'),
    wire: fleet.session('u0'),
    power: (signal: PowerSignal, despitePanel?: boolean) =>
      calls['power.send']({ serverId: id, signal, despitePanel }),
    /** The panel stops answering; the node still works. */
    losePanel: () => {
      const account = fleet.store.state.accounts.get('home');
      if (account === undefined) throw new Error('There is no account.');
      const state = { kind: 'failed', problem: aProblem('panel-unreachable'), retryAt: 0 } as const;
      fleet.store.apply([{ kind: 'account-upserted', account: { ...account, state } }]);
    },
    command: (command: string, runSince?: number) =>
      calls['command.send']({ serverId: id, command, runSince }),
    agree: (command: string) => calls['command.send']({ serverId: id, command, again: true }),
    retry: (serverId: string) => calls['server.retry']({ serverId }),
  };
}

describe('sendPower', () => {
  it('marks the server at once and uses the socket', async () => {
    const { now, panel, power, wire } = await rig();
    const sending = power('stop');
    expect(now().pending?.signal).toBe('stop');
    await sending;
    expect(wire.sent).toEqual(['stop']);
    expect(panel.count('power')).toBe(0);
  });

  it.each([
    ['start', 'offline'],
    ['restart', 'running'],
  ] as const)('sends no %s while the panel is away, unless the user agreed', async (signal, state) => {
    const { losePanel, now, power, wire } = await rig({}, state);
    losePanel();
    await expect(power(signal)).rejects.toMatchObject({
      problem: { code: 'conflict', message: { id: `blocks.panel-away-${signal}` } },
    });
    expect([wire.sent, now().pending]).toEqual([[], null]);
    await power(signal, true);
    expect(wire.sent).toEqual([signal]);
  });

  it.each(['stop', 'kill'] as const)('sends a %s whether the panel answers or not', async (signal) => {
    const { losePanel, power, wire } = await rig();
    losePanel();
    await power(signal);
    expect(wire.sent).toEqual([signal]);
  });

  it('uses REST if the socket refuses', async () => {
    const { now, panel, power, wire } = await rig();
    wire.accepts = false;
    await power('restart');
    expect(panel.asked).toContain('power u0 restart');
    expect(now().pending?.signal).toBe('restart');
  });

  it('never repeats a signal, and reports a failure to the caller only', async () => {
    const { clock, now, panel, power, wire } = await rig();
    wire.accepts = false;
    panel.problems.set('power', aProblem('forbidden'));
    await expect(power('stop')).rejects.toMatchObject({ problem: { code: 'forbidden' } });
    expect(now()).toMatchObject({ pending: null, problem: null });
    await clock.advance(30_000);
    expect(panel.count('power')).toBe(1);
  });

  it('shows on the row that a signal may have been carried out, until the state shows the result', async () => {
    const { clock, now, panel, power, wire } = await rig();
    wire.accepts = false;
    panel.problems.set('power', aProblem('timeout', { maybeDone: true }));
    await expect(power('stop')).rejects.toMatchObject({ problem: { code: 'timeout', maybeDone: true } });
    expect(now()).toMatchObject({ pending: { signal: 'stop', doubt: 'lost' }, problem: { maybeDone: true } });
    await clock.advance(120_000);
    expect(now()).toMatchObject({ pending: { doubt: 'lost' }, problem: { maybeDone: true } });
    wire.tell({ kind: 'power', power: 'stopping' });
    wire.tell({ kind: 'power', power: 'offline' });
    expect(now()).toMatchObject({ power: 'offline', pending: null, problem: null });
    expect(panel.count('power')).toBe(1);
  });

  it('succeeds if the state has shown the result before the answer was lost', async () => {
    const { now, panel, power, wire } = await rig();
    wire.accepts = false;
    panel.power = async () => {
      wire.tell({ kind: 'power', power: 'offline' });
      return Promise.reject(new PerchError(aProblem('timeout', { maybeDone: true })));
    };
    await expect(power('stop')).resolves.toBeUndefined();
    expect(now()).toMatchObject({ power: 'offline', pending: null, problem: null });
  });

  it.each<[PowerSignal, ServerPatch, object]>([
    ['start', { power: 'running' }, { code: 'conflict', message: saying('The server is running.') }],
    ['stop', { condition: 'suspended' }, { code: 'conflict', condition: 'suspended' }],
    ['stop', { permissions: ['control.start'] }, { code: 'forbidden', permission: 'control.stop' }],
    ['kill', { permissions: ['control.start'] }, { code: 'forbidden', permission: 'control.stop' }],
    [
      'restart',
      { pending: { signal: 'stop', since: 1 } },
      { code: 'conflict', message: saying('Waiting for the last action to finish.') },
    ],
  ])('refuses %s with %j', async (signal, fields, problem) => {
    const { panel, power, wire } = await rig(fields);
    await expect(power(signal)).rejects.toMatchObject({ problem });
    expect(wire.sent).toEqual([]);
    expect(panel.count('power')).toBe(0);
  });

  it('lets a kill pass while another signal waits', async () => {
    const { now, power, wire } = await rig();
    await power('stop');
    await power('kill');
    expect(wire.sent).toEqual(['stop', 'kill']);
    expect(now().pending?.signal).toBe('kill');
  });
});

describe('sendCommand', () => {
  it('uses the socket, and REST for commands that the socket refuses', async () => {
    const { command, histories, panel, wire } = await rig();
    await command('say hi');
    expect(wire.sent).toEqual(['say hi']);
    expect(await histories.of(id)).toEqual(['say hi']);
    wire.accepts = false;
    await command('say again');
    expect(panel.asked).toContain('command u0 say again');
  });

  it.each<[ServerPatch, object]>([
    [{ power: 'offline' }, { code: 'conflict' }],
    [{ permissions: ['control.start'] }, { code: 'forbidden', permission: 'control.console' }],
    [{ condition: 'installing' }, { code: 'conflict', condition: 'installing' }],
  ])('refuses text that the socket would swallow: %j', async (fields, problem) => {
    const { command, wire } = await rig(fields);
    await expect(command('x')).rejects.toMatchObject({ problem });
    expect(wire.sent).toEqual([]);
  });

  it('never repeats a command', async () => {
    const { clock, command, histories, panel, wire } = await rig();
    wire.accepts = false;
    panel.problems.set('command', aProblem('node-unreachable'));
    await expect(command('x')).rejects.toMatchObject({ problem: { code: 'node-unreachable' } });
    expect(await histories.of(id)).toEqual([]);
    await clock.advance(30_000);
    expect(panel.count('command')).toBe(1);
  });
});

describe('sendCommand, where nobody knows whether it arrived', () => {
  it("does not send the command again without the user's agreement", async () => {
    const { agree, command, histories, panel, wire } = await rig();
    wire.accepts = false;
    panel.problems.set('command', aProblem('timeout', { maybeDone: true }));
    await expect(command('save-all')).rejects.toMatchObject({ problem: { maybeDone: true } });
    panel.problems.clear();
    expect(await command('save-all')).toEqual({ isTaken: false });
    expect(await command('list')).toEqual({ isTaken: true });
    expect(panel.asked.filter((asked) => asked.startsWith('command'))).toEqual([
      'command u0 save-all',
      'command u0 list',
    ]);
    expect(await agree('save-all')).toEqual({ isTaken: true });
    expect(await command('save-all')).toEqual({ isTaken: true });
    expect(panel.count('command u0 save-all')).toBe(3);
    expect(await histories.of(id)).toEqual(['list', 'save-all', 'save-all']);
  });

  it('asks for ten minutes after the connection was lost with the command', async () => {
    const { clock, command, now, wire } = await rig();
    await command('save-all');
    wire.tell({ kind: 'unsure', sent: { kind: 'commands', commands: ['save-all'] } });
    expect(now().problem).toMatchObject({
      maybeDone: true,
      message: saying(/was lost while Perch sent a command. The command may have arrived/),
    });
    expect(await command('save-all')).toEqual({ isTaken: false });
    await clock.advance(600_000);
    expect(await command('save-all')).toEqual({ isTaken: true });
  });

  it('asks while the node has not confirmed reading the command', async () => {
    const { command, wire } = await rig();
    wire.unread = ['save-all'];
    expect(await command('save-all')).toEqual({ isTaken: false });
    wire.unread = [];
    expect(await command('save-all')).toEqual({ isTaken: true });
  });

  it('treats an echo as arrival, but not the history', async () => {
    const { command, wire } = await rig();
    const line = { at: 1, text: 'save-all' };
    wire.tell({ kind: 'unsure', sent: { kind: 'commands', commands: ['save-all'] } });
    wire.tell({ kind: 'lines', lines: [{ ...line, source: 'history' }] });
    expect(await command('save-all')).toEqual({ isTaken: false });
    wire.tell({ kind: 'lines', lines: [{ ...line, source: 'server' }] });
    expect(await command('save-all')).toEqual({ isTaken: true });
  });

  it('holds back the later commands of the same run', async () => {
    const { clock, command, wire } = await rig();
    const since = clock.now();
    await command('one', since);
    wire.tell({ kind: 'unsure', sent: { kind: 'commands', commands: ['one'] } });
    await expect(command('two', since)).rejects.toMatchObject({ problem: { code: 'conflict' } });
  });
});

describe('sendCommand, for one line of several', () => {
  it('holds back a line after lost lines, by whatever route', async () => {
    const { clock, command, histories, panel, wire } = await rig();
    wire.tell({ kind: 'notice', text: verbatim('A command was not sent.'), about: 'commands' });
    await clock.advance(1);
    const since = clock.now();
    await command('one', since);
    await clock.advance(1);
    wire.tell({ kind: 'notice', text: verbatim('A command was not sent.'), about: 'commands' });
    await expect(command('two', since)).rejects.toMatchObject({
      problem: { code: 'conflict', message: saying(/did not send the rest/) },
    });
    wire.accepts = false;
    await expect(command('two', since)).rejects.toMatchObject({ problem: { code: 'conflict' } });
    expect(wire.sent).toEqual(['one']);
    expect(panel.count('command')).toBe(0);
    expect(await histories.of(id)).toEqual(['one']);
    // A person who types a command has seen the earlier messages.
    await command('three');
    expect(panel.asked).toContain('command u0 three');
  });

  it('holds back the line whose sending reveals the loss of earlier lines', async () => {
    const { clock, command, panel, wire } = await rig();
    wire.sendCommand = () => {
      wire.tell({ kind: 'notice', text: verbatim('A command was not sent.'), about: 'commands' });
      return false;
    };
    await expect(command('two', clock.now())).rejects.toMatchObject({ problem: { code: 'conflict' } });
    expect(panel.count('command')).toBe(0);
  });

  it('sends a line after a notice about another subject', async () => {
    const { clock, command, wire } = await rig();
    const since = clock.now();
    wire.tell({ kind: 'notice', text: verbatim('The node says: no.'), about: 'other' });
    await command('two', since);
    expect(wire.sent).toEqual(['two']);
  });
});

describe('retryServer', () => {
  it('asks the panel again', async () => {
    const { panel, retry } = await rig();
    await retry(id);
    expect(panel.count('server u0')).toBe(1);
    await expect(retry('home/gone')).rejects.toMatchObject({ problem: { code: 'not-found' } });
  });
});
