import { describe, expect, it } from 'vitest';
import { games, type Game } from '../panel/games.js';
import { undoVerb, verbCommand } from './player-verbs.js';
import { playerVerbs } from './verb-names.js';
import { commandMistake, playerCommand, verbTakesText } from './verb-command.js';
import { verbTable } from './verb-table.js';

const made = (game: Game, verb: (typeof playerVerbs)[number], player: string, text?: string) =>
  playerCommand({ verb, player, text }, game);

describe('playerCommand', () => {
  it.each([
    ['minecraft', 'kick', 'Anna', 'be nice', 'kick Anna be nice'],
    ['minecraft', 'kick', 'Anna', undefined, 'kick Anna'],
    ['minecraft', 'message', '.Anna_B', 'hello', 'tell .Anna_B hello'],
    ['bedrock', 'kick', 'Anna B', 'be "nice"', 'kick "Anna B" be "nice"'],
    ['source', 'kick', 'Anna; quit', undefined, 'kick "Anna; quit"'],
    ['rust', 'ban', '76561198000000001', 'say "quit"\\', `ban 76561198000000001 "say 'quit'/"`],
    ['source', 'ban', 'STEAM_0:1:12345', 'late', 'banid 0 STEAM_0:1:12345 kick;writeid'],
    ['source', 'pardon', 'STEAM_1:0:7', undefined, 'removeid STEAM_1:0:7;writeid'],
    ['seven-days', 'kick', 'Steam_76561198000000001', 'a "b"', `kick Steam_76561198000000001 "a 'b'"`],
    ['seven-days', 'ban', '76561198000000001', undefined, 'ban add 76561198000000001 100 years'],
    ['rust', 'kick', '76561198000000001', undefined, 'kick 76561198000000001'],
    ['rust', 'pardon', '76561198000000001', undefined, 'unban 76561198000000001'],
    ['terraria', 'kick', 'Anna the Great', 'ignored', 'kick Anna the Great'],
    ['factorio', 'ban', 'Anna', 'griefing', '/ban Anna griefing'],
    ['zomboid', 'kick', 'Anna', 'late', 'kickuser "Anna" -r "late"'],
    ['zomboid', 'kick', 'Anna', undefined, 'kickuser "Anna"'],
  ] as const)('%s: %s %s', (game, verb, player, text, command) => {
    expect(made(game, verb, player, text)).toEqual({ command });
  });

  it('keeps a text on its line', () => {
    expect(made('minecraft', 'kick', 'Anna', 'bye\nop Bob')).toEqual({ command: 'kick Anna bye op Bob' });
    expect(made('minecraft', 'kick', 'Anna', 'bye\u2028op \u202eBob')).toEqual({
      command: 'kick Anna bye op Bob',
    });
  });

  it('keeps a name with the mark of the text unchanged', () => {
    expect(made('source', 'kick', '{text}')).toEqual({ command: 'kick "{text}"' });
  });

  it.each([
    ['minecraft', 'Anna\nop Bob'],
    ['minecraft', '@a'],
    ['minecraft', 'Anna Bob'],
    ['minecraft', '-r'],
    ['minecraft', '*'],
    ['minecraft', '**'],
    ['minecraft', 'Anna,Bob'],
    ['bedrock', '@a'],
    ['source', '#3'],
    ['source', '*'],
    ['zomboid', '~'],
    ['factorio', '~'],
    ['minecraft', ''],
    ['minecraft', 'A\u202enna'],
    ['minecraft', 'x'.repeat(65)],
    ['bedrock', 'Anna" quit "'],
    ['source', 'Anna";quit;"'],
    ['zomboid', 'Anna\\'],
    ['terraria', 'Anna\rsay hi'],
    ['factorio', 'Anna;Bob'],
  ] as const)('%s refuses the name %j', (game, player) => {
    expect(made(game, 'kick', player)).toEqual({ why: 'unsafe-name' });
  });

  it('gives the reason for a missing command', () => {
    expect(made('valheim', 'kick', 'Anna')).toEqual({ why: 'no-verb' });
    expect(made('bedrock', 'ban', 'Anna')).toEqual({ why: 'no-verb' });
    for (const verb of ['pardon', 'kick', 'ban'] as const)
      for (const name of ['Anna', 'An', '1.2', '7656119'])
        expect(made('rust', verb, name)).toEqual({ why: 'steam-id' });
    for (const verb of ['kick', 'ban', 'op', 'whitelist-add'] as const)
      for (const name of ['Anna', '171', 'Steam_1', 'steam_76561198000000001', '76561198000000001 0'])
        expect(made('seven-days', verb, name)).toEqual({ why: 'steam-id' });
    for (const verb of ['ban', 'pardon'] as const)
      for (const name of [
        'Anna',
        '#3',
        'STEAM_0:1:1;quit',
        'STEAM_0:1:',
        'STEAM_0:2:1',
        'STEAM_ID_LAN',
        '[U:1:1]',
      ])
        expect(made('source', verb, name)).toEqual({ why: 'steam-text-id' });
    expect(made('minecraft', 'message', 'Anna', ' \n ')).toEqual({ why: 'no-text' });
  });

  it("prefers the user's command, also the choice of none", () => {
    const own = { kick: 'essentials:kick {player} {text}', ban: null };
    expect(playerCommand({ verb: 'kick', player: 'Anna', text: 'hi' }, 'minecraft', own)).toEqual({
      command: 'essentials:kick Anna hi',
    });
    expect(playerCommand({ verb: 'ban', player: 'Anna' }, 'minecraft', own)).toEqual({ why: 'no-verb' });
    expect(verbTakesText('ban', 'minecraft', own)).toBe(false);
    expect(verbTakesText('ban', 'minecraft')).toBe(true);
  });

  it('takes prefixes of accounts of other editions, and ids', () => {
    for (const name of ['.Anna_B', '*Anna', '+Anna', '1b4a2c1e-0000-4000-8000-000000000001'])
      expect(made('minecraft', 'kick', name)).toEqual({ command: `kick ${name}` });
  });

  it.each([
    ['a place without quotes beside one with them', 'kick "{player}"; log {player}', 'a;quit'],
    ['a selector between quotes', 'kick "{player}"', '@a'],
    ['the rest of a selector', 'execute as @{player} run x', 'e[type=!x]'],
    ['everybody', 'kick {player}', '*'],
    ['the end of single quotes', `say 'bye "{player}"'`, "a' quit"],
    ['a second name', 'kick {player}', 'Anna,Bob'],
  ])("refuses names that mean more in a user's own command: %s", (_what, kick, player) => {
    for (const game of ['minecraft', 'source', null] as const)
      expect(playerCommand({ verb: 'kick', player }, game, { kick })).toEqual({ why: 'unsafe-name' });
  });

  it("keeps a text inside of its place in a user's own command", () => {
    const own = (kick: string) =>
      playerCommand({ verb: 'kick', player: 'Anna', text: `x'; "quit" \\` }, null, { kick });
    expect(own('kick {player} {text}')).toEqual({ command: "kick Anna x', 'quit' /" });
    expect(own(`kick {player} '{text}'`)).toEqual({ command: `kick Anna 'x\u2019, \u2019quit\u2019 /'` });
    expect(own('kick {player} "{text}"; log {text}')).toEqual({
      command: `kick Anna "x', 'quit' /"; log x', 'quit' /`,
    });
  });

  it('never makes more than one line of any name and text', () => {
    const hostile = [
      '\n',
      '\r',
      '\u2028',
      '\u0085',
      '\u001b[2J',
      '"',
      '\\',
      ';',
      "'",
      '{player}',
      '[',
      ']',
      '$&',
      '$1',
    ];
    for (const game of games)
      for (const verb of playerVerbs)
        for (const one of hostile)
          for (const other of hostile) {
            const result = made(game, verb, `Anna${one}`, `a${other}b${one}`);
            if ('why' in result) continue;
            expect(result.command).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]/u);
            // Quotes come in pairs where the game's command has them.
            const template = verbCommand(verb, game, undefined) ?? '';
            if (template.includes('"{text}"')) expect(result.command.split('"').length % 2).toBe(1);
          }
  });
});

describe('verbTable', () => {
  const rows = Object.entries(verbTable).flatMap(([game, { verbs }]) =>
    Object.entries(verbs).map(
      ([verb, { command }]) => [game, verb as (typeof playerVerbs)[number], command] as const,
    ),
  );

  it.each(rows)('%s: the command for %s fits what a person might enter', (_game, verb, command) => {
    expect(commandMistake(verb, command)).toBeNull();
  });

  it('takes a verb back with a verb that takes the first one back, or with none', () => {
    for (const verb of playerVerbs) {
      const undo = undoVerb[verb];
      if (undo !== null && undo !== 'pardon') expect(undoVerb[undo]).toBe(verb);
    }
  });
});

describe('commandMistake', () => {
  it('names the mistake', () => {
    expect(commandMistake('kick', 'kick')).toBe('no-player');
    expect(commandMistake('message', 'tell {player}')).toBe('no-text');
    expect(commandMistake('kick', 'kick {player}\nstop')).toBe('lines');
    expect(commandMistake('kick', `kick {player} ${'x'.repeat(300)}`)).toBe('too-long');
  });
});
