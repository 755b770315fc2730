import { describe, expect, it } from 'vitest';
import { PerchError, type Problem } from '../../../bridge/errors.js';
import type { Server } from '../../../bridge/schema/domain.js';
import { aProblem } from '../../../tests/support/a-problem.js';
import { someSettings } from '../../../tests/support/entities.js';
import { aFleet, aPanelServer, FakePanel } from '../../../tests/support/fleet-fakes.js';
import type { ReportedFact } from '../../base/server-fact.js';
import { sendCommand } from '../servers/send-command.js';
import { Broadcasts } from './broadcasts.js';
import { ConsoleTurns } from './console-turns.js';

const serverId = 'home/u0';

async function rig(fields: Partial<Server> = { game: 'minecraft' }, own: Record<string, string> = {}) {
  const panel = new FakePanel();
  panel.list = [aPanelServer('u0')];
  const fleet = aFleet(panel);
  await fleet.live();
  fleet.store.apply([{ kind: 'server-upserted', server: { ...fleet.server('u0'), ...fields } }]);
  const told: ReportedFact[] = [];
  const commands: string[] = [];
  let failure: Problem | null = null;
  const deps = { store: fleet.store, fleet: fleet.fleet, clock: fleet.clock };
  const { restartWarning } = someSettings();
  const broadcasts = new Broadcasts({
    ...deps,
    consoles: fleet.fleet.consoles,
    settings: { current: { restartWarning: { ...restartWarning, commands: own } } },
    turns: new ConsoleTurns(),
    facts: { emit: (fact) => told.push(fact) },
    sendCommand: async (id, command) => {
      if (failure !== null) throw new PerchError(failure);
      commands.push(command);
      const input = { serverId: id, command, again: true };
      return sendCommand({ ...deps, histories: { add: () => undefined } }, input);
    },
  });
  const wire = fleet.session('u0');
  const said = async (text: string, lines: readonly string[], command?: string) => {
    const saying = broadcasts.say({ serverId, text, ...(command === undefined ? {} : { command }) });
    const outcome = saying.catch((error: unknown) => error);
    await fleet.clock.advance(50);
    wire.tell({ kind: 'lines', lines: lines.map((line) => ({ at: 1, source: 'server', text: line })) });
    await fleet.clock.advance(6000);
    return outcome;
  };
  const fail = (problem: Problem): void => void (failure = problem);
  return { broadcasts, commands, fail, said, told };
}

const codeOf = (error: unknown): string | null =>
  error instanceof PerchError ? error.problem.message.id : null;

describe('a message to all players of one server', () => {
  it('is confirmed by the console, and the event log keeps the text and the line', async () => {
    const { commands, said, told } = await rig();
    const line = '[12:00:00] [Server thread/INFO]: [Not Secure] [Server] Restart; soon';
    const answer = await said('Restart;\nsoon', ['say Restart; soon', '[12:00:00 INFO]: <Bob> hi', line]);
    expect(answer).toEqual({ outcome: 'done', line: '[Not Secure] [Server] Restart; soon' });
    expect(commands).toEqual(['say Restart; soon']);
    expect(told).toEqual([
      {
        serverId,
        fact: {
          kind: 'broadcast',
          text: 'Restart; soon',
          serverIds: [serverId],
          failed: 0,
          outcome: 'done',
          line: '[Not Secure] [Server] Restart; soon',
          by: { kind: 'me', bulk: false },
        },
      },
    ]);
  });

  it('does not take a player who repeats the text, or the echo of the command, for an answer', async () => {
    const { said, told } = await rig();
    const lines = ['say hello', '[12:00:00] [Server thread/INFO]: <Anna> hello', '> say hello'];
    expect(await said('hello', lines)).toEqual({ outcome: 'no-answer', line: null });
    expect(told).toMatchObject([{ fact: { outcome: 'no-answer' } }]);
  });

  it('says that the console refused the command', async () => {
    const { said } = await rig();
    const line = '[12:00:00 INFO]: Unknown or incomplete command, see below for error';
    expect(await said('hello', [line])).toMatchObject({ outcome: 'refused' });
  });

  it('takes the command of the form, else the own command of the server', async () => {
    const { commands, said } = await rig({ game: 'valheim' }, { [serverId]: 'shout "{text}"' });
    await said('a "b"; \\c', []);
    await said("it's", [], "run '{text}'");
    expect(commands).toEqual([`shout "a 'b', /c"`, "run 'it\u2019s'"]);
  });

  it('is refused where no command is known, without text, and without the permission', async () => {
    const valheim = await rig({ game: 'valheim' });
    expect(codeOf(await valheim.said('hello', []))).toBe('broadcast.no-command');
    const closed = await rig({ game: 'minecraft', permissions: ['file.read'] });
    expect(codeOf(await closed.said('hello', []))).toBe('blocks.permission');
    const open = await rig();
    expect(codeOf(await open.said('\u200b', []))).toBe('actions.player-no-text');
    expect([...valheim.told, ...closed.told, ...open.told]).toEqual([]);
  });

  it('is in the event log if its arrival is uncertain, and not if it was refused', async () => {
    const { fail, said, told } = await rig();
    fail(aProblem('node-unreachable'));
    await said('hello', []);
    expect(told).toEqual([]);
    fail({ ...aProblem('timeout'), maybeDone: true });
    await said('hello', []);
    expect(told).toMatchObject([{ fact: { kind: 'broadcast', outcome: 'no-answer' } }]);
  });
});

it('one message of many opens no console and tells no fact', async () => {
  const { broadcasts, commands, told } = await rig({ game: 'factorio' });
  await broadcasts.send({ serverId, text: '/quit now' });
  expect(commands).toEqual(['quit now']);
  expect(told).toEqual([]);
});
