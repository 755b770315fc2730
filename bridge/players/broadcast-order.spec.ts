import { describe, expect, it } from 'vitest';
import { aServer } from '../../tests/support/entities.js';
import type { Game } from '../panel/games.js';
import type { Server } from '../schema/domain.js';
import { broadcastAnswer } from './broadcast-answer.js';
import { broadcastBlock, broadcastOf } from './broadcast-order.js';

const commandOf = (text: string, game: Game | null, own: string | null = null): string | null =>
  broadcastOf(text, { id: 's', game }, own === null ? {} : { s: own })?.command ?? null;

describe('the command for a message to all players', () => {
  it.each<[Game | null, string, string | null]>([
    ['minecraft', 'a "b"; c', 'say a "b"; c'],
    ['source', 'a "b"; quit', "say a 'b', quit"],
    ['factorio', ' /c game.print(1)', 'c game.print(1)'],
    ['zomboid', 'a "b" \\c', `servermsg "a 'b' /c"`],
    ['terraria', 'a\nexit', 'say a exit'],
    ['rust', 'hi \u202e\u0000there', 'say hi there'],
    ['seven-days', 'a "b" \\c', `say "a 'b' /c"`],
    ['valheim', 'hi', null],
    ['palworld', 'hi', null],
    ['proxy', 'hi', null],
    ['database', 'hi', null],
    [null, 'hi', null],
  ])('of %s has %j as %j', (game, text, command) => {
    expect(commandOf(text, game)).toBe(command);
  });

  it('is the own command of the server, which no text can leave', () => {
    expect(commandOf('a"; stop', 'minecraft', 'tellraw @a {"text":"{text}"}')).toBe(
      `tellraw @a {"text":"a', stop"}`,
    );
    expect(commandOf("a' b", null, "alert '{text}'")).toBe("alert 'a\u2019 b'");
    // Nobody knows the console of an unknown game, so the usual command is no exception.
    expect(commandOf('a "b"; quit', null, 'say {text}')).toBe("say a 'b', quit");
  });

  it('has at most 500 characters of the text', () => {
    expect(commandOf('a'.repeat(9000), 'minecraft')).toHaveLength('say '.length + 500);
  });
});

describe('servers that are left out', () => {
  const block = (fields: Partial<Server>, evenEmpty = false): string | null =>
    broadcastBlock(aServer({ game: 'minecraft', power: 'running', ...fields }), { own: {}, evenEmpty })?.id ??
    null;
  const nobody = { count: 0, slots: 20, source: 'query', seenAt: 0 } as const;

  it('do not run, lack the permission or a command, or are known to be empty', () => {
    expect(block({})).toBeNull();
    expect(block({ power: null })).toBeNull();
    expect(block({ power: 'offline' })).toBe('blocks.is-offline');
    expect(block({ power: 'starting' })).toBe('blocks.is-starting');
    expect(block({ condition: 'suspended' })).toBe('blocks.suspended');
    expect(block({ permissions: ['control.start'] })).toBe('blocks.permission');
    expect(block({ game: 'valheim' })).toBe('broadcast.no-command');
    expect(block({ players: nobody })).toBe('broadcast.nobody-on');
    expect(block({ players: nobody }, true)).toBeNull();
    expect(block({ players: { ...nobody, count: 1 } })).toBeNull();
    expect(block({ players: null })).toBeNull();
  });
});

describe("the console's answer", () => {
  it.each<[Game, string, 'done' | 'refused' | null]>([
    ['minecraft', '[12:00:00] [Server thread/INFO]: [Server] hello', 'done'],
    ['minecraft', '[12:00:00 INFO]: [Not Secure] [Server] hello', 'done'],
    ['minecraft', '[12:00:00 INFO]: <Anna> [Server] hello', null],
    ['minecraft', '[12:00:00 INFO]: Unknown command. Type "/help" for help.', 'refused'],
    ['source', 'Console: hello', 'done'],
    ['source', 'Anna: hello', null],
    ['terraria', '<Server> hello', 'done'],
    ['terraria', ': <Server> hello', 'done'],
    ['factorio', '2026-11-30 12:00:00 [CHAT] <server>: hello', 'done'],
    ['factorio', '2026-11-30 12:00:00 [CHAT] Anna: hello', null],
    ['factorio', 'hello', null],
    ['zomboid', 'LOG  : General     , 1764417600> Message sent.', 'done'],
    [
      'seven-days',
      "2026-11-30T12:00:00 123.456 INF Chat (from '-non-player-', entity id '-1', to 'Global'): 'Server': hello",
      'done',
    ],
    ['seven-days', "*** ERROR: unknown command 'say'", 'refused'],
    ['bedrock', 'hello', null],
  ])('of %s reads %j as %j', (game, line, answer) => {
    expect(broadcastAnswer(line, { said: 'hello', game })).toBe(answer);
  });
});
