import { describe, expect, it } from 'vitest';
import { games, type Game } from '../panel/games.js';
import { fastest } from '../../tests/support/fastest.js';
import type { PlayerVerb } from './verb-names.js';
import { shownAnswer, verbAnswer } from './verb-answer.js';

const anna = (verb: PlayerVerb) => ({ verb, player: 'Anna' });
const answer = (game: Game, verb: PlayerVerb, line: string) => verbAnswer(line, anna(verb), game);

describe('verbAnswer', () => {
  it.each([
    ['minecraft', 'kick', '[12:00:00 INFO]: Kicked anna: be nice', 'done'],
    ['minecraft', 'kick', '[12:00:00] [Server thread/INFO] [minecraft/DedicatedServer]: Kicked Anna', 'done'],
    ['minecraft', 'ban', '[12:00:00] [Server thread/INFO]: Banned Anna: Banned by an operator.', 'done'],
    ['minecraft', 'ban', '[12:00:00] [Server thread/INFO]: Banned player Anna', 'done'],
    ['minecraft', 'ban', '[12:00:00 INFO]: Nothing changed. The player is already banned', 'refused'],
    ['minecraft', 'pardon', '[12:00:00 INFO]: Unbanned Anna', 'done'],
    ['minecraft', 'whitelist-add', '[12:00:00 INFO]: That player does not exist', 'no-player'],
    ['minecraft', 'op', '[12:00:00 INFO]: Made Anna a server operator', 'done'],
    ['minecraft', 'deop', '[12:00:00 INFO]: Made Anna no longer a server operator', 'done'],
    ['minecraft', 'message', '[12:00:00 INFO]: You whisper to Anna: hello', 'done'],
    ['minecraft', 'kick', '[12:00:00 INFO]: No player was found', 'no-player'],
    ['minecraft', 'kick', '> [12:00:00 INFO]: Kicked Anna', 'done'],
    [
      'minecraft',
      'kick',
      '[29Nov2026 12:00:00.123] [Server thread/INFO] [minecraft/DedicatedServer/]: Kicked Anna',
      'done',
    ],
    ['minecraft', 'kick', '[12:00:00] [Server thread/INFO] (Minecraft) Kicked Anna', 'done'],
    ['minecraft', 'kick', '2012-01-01 12:00:00 [INFO] Kicked Anna', 'done'],
    ['bedrock', 'kick', "[2026-11-29 12:00:00:123 INFO] Kicked Anna from the game: 'late'", 'done'],
    ['bedrock', 'whitelist-add', 'Player added to allowlist', 'done'],
    ['bedrock', 'whitelist-add', 'Player already in allowlist', 'refused'],
    ['source', 'kick', 'Dropped "Anna" from server (Kicked by Console)', 'done'],
    ['source', 'kick', 'Dropped "Anna" from server: Kicked by Console', 'done'],
    ['rust', 'ban', 'Player not found', 'no-player'],
    ['factorio', 'kick', '2026-11-29 17:03:24 [KICK] Anna was kicked by <server>. Reason: reason.', 'done'],
    ['zomboid', 'kick', 'LOG  : General     , 1764417600> User Anna kicked.', 'done'],
    ['zomboid', 'ban', 'User Anna is now banned', 'done'],
    ['zomboid', 'kick', 'LOG  : General      f:0, t:1764417600> 48,648,391> User Anna kicked.', 'done'],
  ] as const)('%s, %s: %s', (game, verb, line, said) => {
    expect(answer(game, verb, line)).toBe(said);
  });

  it.each([
    ['the end of another player with a longer name', 'minecraft', '[12:00:00 INFO]: Kicked Annabelle'],
    ['chat', 'minecraft', '[12:00:00 INFO]: <Anna> Kicked Anna: haha'],
    ['chat that repeats a prefix', 'minecraft', '[12:00:00 INFO]: <Bob> [12:00:00 INFO]: Kicked Anna'],
    ['chat', 'factorio', '2026-11-29 17:03:24 [CHAT] Bob: Anna was kicked by <server>'],
    ['chat of a bridge', 'minecraft', '[12:00:00 INFO]: [Discord] [Bob] Kicked Anna: x'],
    ['words of an operator', 'minecraft', '[12:00:00] [Server thread/INFO]: [Server] Kicked Anna'],
    ['a line of a plugin', 'minecraft', '[12:00:00 INFO]: [Chat]: Kicked Anna'],
    [
      'chat of a player whose name begins the answer',
      'factorio',
      '2026-11-29 17:03:24 [CHAT] Anna was kicked by: x',
    ],
    ['chat', 'rust', '[CHAT] Kicked: Anna'],
    ['a player who leaves by herself', 'source', 'Dropped "Anna" from server (Disconnect by user.)'],
    ['chat of a player whose name begins the answer', 'source', 'Dropped Anna from server: hi'],
    ['a player who leaves by herself', 'terraria', 'Anna has left.'],
    ['a line of another verb', 'minecraft', '[12:00:00 INFO]: Unbanned Anna'],
    ['a game without commands', 'valheim', 'Kicked Anna'],
    ['a very long line', 'minecraft', `Kicked Anna${' '.repeat(700)}`],
  ] as const)('does not believe %s (%s)', (_what, game, line) => {
    expect(answer(game, 'kick', line)).toBeNull();
  });

  it('takes a name as text', () => {
    const star = { verb: 'kick', player: 'a*b(' } as const;
    expect(verbAnswer('Dropped "a*b(" from server (Kicked by Console)', star, 'source')).toBe('done');
    expect(verbAnswer('Dropped "axxb(" from server (Kicked by Console)', star, 'source')).toBeNull();
  });

  it('believes a ban of Rust by the id that was banned', () => {
    const order = { verb: 'ban', player: '76561198000000001' } as const;
    expect(verbAnswer('Kickbanned User: 76561198000000001 - Anna', order, 'rust')).toBe('done');
    expect(verbAnswer('Kickbanned User: 76561198000000002 - Anna', order, 'rust')).toBeNull();
  });

  it('reads a hostile line fast', () => {
    const read = (): void => {
      for (let times = 0; times < 40; times++)
        for (const game of games) {
          answer(game, 'kick', '['.repeat(599));
          answer(game, 'kick', `[12:00:00] ${'[] '.repeat(180)}`);
        }
    };
    expect(fastest(read)).toBeLessThan(200);
  });
});

describe('shownAnswer', () => {
  it('is the text without its time, as one short line', () => {
    expect(shownAnswer('[12:00:00] [Server thread/INFO]: Kicked \u001b[31mAnna\u202e', 'minecraft')).toBe(
      'Kicked Anna',
    );
    expect(shownAnswer(`[12:00:00 INFO]: ${'x'.repeat(500)}`, 'minecraft')).toHaveLength(200);
  });
});
