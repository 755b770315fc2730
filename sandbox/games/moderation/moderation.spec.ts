import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Profile } from '../profile.js';
import { PROFILES } from '../profiles.js';
import type { Moderation } from './ground.js';
import { moderationOf } from './moderation.js';
import { removeFolder } from '../../../tests/support/remove-folder.js';

let folder = '';
let players: string[] = [];
let lines: string[] = [];
let slots = 20;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'perch-moderation-'));
  players = ['Olive', 'Wren'];
  lines = [];
  slots = 20;
});
afterEach(() => removeFolder(folder));

function console(profile: Profile): Moderation {
  const moderation = moderationOf(profile, {
    folder,
    print: (...printed) => void lines.push(...printed),
    info: (text) => text,
    players: () => players,
    isFull: () => players.length >= slots,
    drop: (player, why) => {
      players = players.filter((each) => each !== player);
      lines.push(`${player} left (${why})`);
    },
  });
  if (moderation === null) throw new Error('The console knows no commands about players.');
  return moderation;
}

/** Lines that the console prints for a command. */
function answer(moderation: Moderation, command: string): string[] {
  const [word = '', ...rest] = command.split(' ');
  lines = [];
  expect(moderation.run(word, rest.join(' '))).toBe(true);
  return lines;
}

const json = (name: string): unknown => JSON.parse(readFileSync(join(folder, name), 'utf8'));

describe('Minecraft', () => {
  test('a kick names the player and the reason', () => {
    const game = console(PROFILES.survival);
    expect(answer(game, 'kick olive stop that')).toEqual([
      'Kicked Olive: stop that',
      'Olive lost connection: stop that',
      'Olive left (stop that)',
    ]);
    expect(answer(game, 'kick Wren')[0]).toBe('Kicked Wren: Kicked by an operator');
    expect(answer(game, 'kick Olive')).toEqual(['No player was found']);
    expect(answer(game, 'kick')[0]).toBe('Unknown or incomplete command, see below for error');
  });

  test('a ban stands in the file and keeps the player out until the pardon', () => {
    const game = console(PROFILES.survival);
    expect(answer(game, 'ban Olive griefing again')).toEqual([
      'Banned Olive: griefing again',
      'Olive lost connection: You are banned from this server',
      'Olive left (You are banned from this server)',
    ]);
    expect(json('banned-players.json')).toEqual([
      {
        uuid: expect.stringMatching(/^[\da-f]{8}-[\da-f]{4}-3[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/),
        name: 'Olive',
        created: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d \+0000$/),
        source: 'Server',
        expires: 'forever',
        reason: 'griefing again',
      },
    ]);
    expect(console(PROFILES.survival).refusal('olive')?.[0]).toContain('You are banned from this server.');
    expect(answer(game, 'ban Olive')).toEqual(['Nothing changed. The player is already banned']);
    expect(answer(game, 'banlist')).toEqual([
      'There are 1 ban(s):',
      'Olive was banned by Server: griefing again',
    ]);
    expect(answer(game, 'pardon Olive')).toEqual(['Unbanned Olive']);
    expect(answer(game, 'pardon Olive')).toEqual(["Nothing changed. The player isn't banned"]);
    expect(answer(game, 'ban not-a-name')).toEqual(['That player does not exist']);
    expect(game.refusal('Olive')).toBeNull();
    expect(json('banned-players.json')).toEqual([]);
  });

  test('the whitelist keeps others out while it is on, and is read again on command', () => {
    const game = console(PROFILES.survival);
    expect(answer(game, 'whitelist add Saga')).toEqual(['Added Saga to the whitelist']);
    expect(answer(game, 'whitelist add saga')).toEqual(['Player is already whitelisted']);
    expect(json('whitelist.json')).toEqual([{ uuid: expect.any(String), name: 'Saga' }]);
    expect(game.refusal('Kofi')).toBeNull();
    expect(answer(game, 'whitelist on')).toEqual(['Whitelist is now turned on']);
    expect(game.refusal('Kofi')?.[0]).toContain('You are not white-listed on this server!');
    expect(game.refusal('Saga')).toBeNull();
    expect(answer(game, 'whitelist list')).toEqual(['There are 1 whitelisted player(s): Saga']);
    expect(answer(game, 'whitelist remove Saga')).toEqual(['Removed Saga from the whitelist']);
    expect(answer(game, 'whitelist remove Saga')).toEqual(['Player is not whitelisted']);
    writeFileSync(join(folder, 'whitelist.json'), '[{ "uuid": "x", "name": "Kofi" }]');
    expect(game.refusal('Kofi')).not.toBeNull();
    expect(answer(game, 'whitelist reload')).toEqual(['Reloaded the whitelist']);
    expect(game.refusal('Kofi')).toBeNull();
  });

  test('operators are made and unmade in the file', () => {
    const game = console(PROFILES.survival);
    expect(answer(game, 'op Wren')).toEqual(['Made Wren a server operator']);
    expect(answer(game, 'op Wren')).toEqual(['Nothing changed. The player already is an operator']);
    expect(json('ops.json')).toMatchObject([{ name: 'Wren', level: 4, bypassesPlayerLimit: false }]);
    expect(answer(game, 'deop Wren')).toEqual(['Made Wren no longer a server operator']);
    expect(answer(game, 'deop Wren')).toEqual(['Nothing changed. The player is not an operator']);
  });

  test('a full server refuses, and only a change writes files', () => {
    const game = console(PROFILES.survival);
    slots = 2;
    expect(game.refusal('Kofi')?.[0]).toContain('The server is full!');
    expect(answer(game, 'tell Wren hello there')).toEqual(['You whisper to Wren: hello there']);
    for (const name of ['whitelist.json', 'banned-players.json', 'ops.json']) {
      expect(existsSync(join(folder, name))).toBe(false);
    }
  });
});

test('Bedrock answers in its own words', () => {
  const game = console(PROFILES.bedrock);
  expect(answer(game, 'kick "Olive" too loud')[0]).toBe("Kicked Olive from the game: 'too loud'");
  expect(answer(game, 'kick Olive')).toEqual(['No targets matched selector']);
  expect(answer(game, 'allowlist add "Big Bird"')).toEqual(['Player added to allowlist']);
  expect(answer(game, 'allowlist add "big bird"')).toEqual(['Player already in allowlist']);
  expect(json('allowlist.json')).toEqual([{ ignoresPlayerLimit: false, name: 'Big Bird' }]);
  expect(answer(game, 'allowlist remove "Big Bird"')).toEqual(['Player removed from allowlist']);
  expect(answer(game, 'op Wren')).toEqual(['Opped: Wren']);
  expect(answer(game, 'deop Wren')).toEqual(['De-opped: Wren']);
});

test('Rust bans players who are on by name, and others by number', () => {
  const game = console(PROFILES.rust);
  expect(answer(game, 'kick "Olive" "afk"')).toEqual(['Olive left (Kicked: afk)', 'Kicked: Olive']);
  const [, kickbanned = ''] = answer(game, 'ban "Wren" "cheating"');
  const [id = ''] = /\d{17}/.exec(kickbanned) ?? [];
  expect(kickbanned).toBe(`Kickbanned User: ${id} - Wren`);
  expect(readFileSync(join(folder, 'server/rust/cfg/bans.cfg'), 'utf8')).toBe(
    `banid ${id} "Wren" "cheating" -1\r\n`,
  );
  expect(game.refusal('Wren')).not.toBeNull();
  expect(answer(game, 'ban Wren')).toEqual(['Player not found']);
  expect(answer(game, 'unban Wren')).toEqual(["This doesn't appear to be a 64bit steamid: Wren"]);
  expect(answer(game, `unban ${id}`)).toEqual([`Unbanned User: ${id}`]);
  expect(answer(game, `moderatorid ${id} Wren`)).toEqual([`Added moderator Wren, steamid ${id}`]);
  expect(answer(game, `removemoderator ${id}`)).toEqual([`Removed Moderator: ${id}`]);
});

test('a kick of a Source game shows only the line about who left', () => {
  const game = console(PROFILES.garrysmod);
  expect(answer(game, 'kick "Olive"')).toEqual(['Olive left (Kicked by Console)']);
  expect(answer(game, 'kick Nobody')).toEqual([]);
  expect(game.run('ban', 'Wren')).toBe(false);
});
