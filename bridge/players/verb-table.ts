/**
 * Console commands about players, by game, and the answers of each console (PLAYERS-VERBS "Games").
 *
 * A command has `{player}`, `{text}` for a reason or a message, and a part in square brackets that is left out without
 * a text. An answer is the beginning of a console line behind its time; `*` stands for anything.
 */
import type { Game } from '../panel/games.js';
import type { PlayerVerb } from './verb-names.js';

/**
 * Forms of ids. `steam` = 17 digits; `steam-prefixed` = the same, also with `Steam_` before them; `steam-text` =
 * `STEAM_0:1:12345`.
 */
export type PlayerIdForm = 'steam' | 'steam-prefixed' | 'steam-text';

export interface VerbWords {
  readonly command: string;
  /** The console's words after it has carried out the command; none = the game's words are not known. */
  readonly done: readonly string[];
  /** The form of the id that the command takes, because it takes no name, or a name may reach another player. */
  readonly byId?: PlayerIdForm;
}

export interface GameVerbs {
  /** True if the command takes a name with spaces without quotes, because the name is the rest of the line. */
  readonly takesSpaces?: true;
  readonly verbs: Readonly<Partial<Record<PlayerVerb, VerbWords>>>;
  /** The console's words about an unknown player. */
  readonly noPlayer: readonly string[];
  /** The console's words for any other refusal. */
  readonly refused: readonly string[];
}

const minecraft: GameVerbs = {
  verbs: {
    message: { command: 'tell {player} {text}', done: ['You whisper to {player}'] },
    kick: { command: 'kick {player}[ {text}]', done: ['Kicked {player}', 'Player Console kicked {player}'] },
    ban: {
      command: 'ban {player}[ {text}]',
      done: ['Banned {player}', 'Banned player {player}', 'Player Console banned {player}'],
    },
    pardon: {
      command: 'pardon {player}',
      done: ['Unbanned {player}', 'Unbanned player {player}', 'Player Console unbanned {player}'],
    },
    'whitelist-add': { command: 'whitelist add {player}', done: ['Added {player} to the whitelist'] },
    'whitelist-remove': {
      command: 'whitelist remove {player}',
      done: ['Removed {player} from the whitelist'],
    },
    op: { command: 'op {player}', done: ['Made {player} a server operator', 'Opped {player}'] },
    deop: {
      command: 'deop {player}',
      done: ['Made {player} no longer a server operator', 'De-opped {player}'],
    },
  },
  noPlayer: [
    'No player was found',
    'No entity was found',
    'That player does not exist',
    'That player cannot be found',
    'Error: Player not found',
  ],
  refused: [
    'Nothing changed',
    'Player is already whitelisted',
    'Player is not whitelisted',
    'Could not',
    'Unknown command',
    'Unknown or incomplete command',
    'Incorrect argument for command',
    'An unexpected error occurred',
  ],
};

const bedrock: GameVerbs = {
  verbs: {
    message: { command: 'tell "{player}" {text}', done: ['You whisper to {player}'] },
    kick: { command: 'kick "{player}"[ {text}]', done: ['Kicked {player} from the game'] },
    'whitelist-add': {
      command: 'allowlist add "{player}"',
      done: ['Player added to allowlist', 'Added {player} to the allowlist'],
    },
    'whitelist-remove': {
      command: 'allowlist remove "{player}"',
      done: ['Player removed from allowlist', 'Removed {player} from the allowlist'],
    },
    op: { command: 'op "{player}"', done: ['Opped: {player}'] },
    deop: { command: 'deop "{player}"', done: ['De-opped: {player}'] },
  },
  noPlayer: ['No targets matched selector', 'Could not find player'],
  refused: [
    'Player already in allowlist',
    'Player not in allowlist',
    'Could not',
    'Unknown command',
    'Syntax error',
  ],
};

/**
 * With the words of Valve's engine. A ban is kept in a file by `writeid`. Perch knows no words that confirm a ban, because
 * the games differ.
 */
const source: GameVerbs = {
  verbs: {
    kick: {
      command: 'kick "{player}"',
      // The line also comes for players who leave by themselves.
      done: [
        'Dropped {player} from server (Kicked',
        'Dropped "{player}" from server (Kicked',
        'Dropped "{player}" from server: Kicked',
      ],
    },
    ban: { command: 'banid 0 {player} kick;writeid', done: [], byId: 'steam-text' },
    pardon: { command: 'removeid {player};writeid', done: [], byId: 'steam-text' },
  },
  noPlayer: [],
  refused: ['Unknown command', 'Usage:'],
};

/** Rust also takes the beginning of a name or a part of an address: `kick An` kicks Annabelle if Anna has left. */
const rust: GameVerbs = {
  verbs: {
    kick: { command: 'kick {player}[ "{text}"]', done: ['Kicked: '], byId: 'steam' },
    ban: { command: 'ban {player}[ "{text}"]', done: ['Kickbanned User: {player}'], byId: 'steam' },
    pardon: { command: 'unban {player}', done: ['Unbanned User: {player}'], byId: 'steam' },
    op: { command: 'moderatorid {player}', done: ['Added moderator *{player}'], byId: 'steam' },
    deop: { command: 'removemoderator {player}', done: ['Removed Moderator: {player}'], byId: 'steam' },
  },
  noPlayer: ['Player not found'],
  refused: ['User {player} *', "This doesn't appear to be a 64bit steamid", 'Command not found'],
};

/** The console says only that a player has left, as for everybody who leaves. */
const terraria: GameVerbs = {
  takesSpaces: true,
  verbs: {
    kick: { command: 'kick {player}', done: [] },
    ban: { command: 'ban {player}', done: [] },
  },
  noPlayer: ['Invalid player', 'Player not found', 'Could not find the specified player'],
  refused: ['Invalid command'],
};

const factorio: GameVerbs = {
  verbs: {
    message: { command: '/whisper {player} {text}', done: [] },
    kick: { command: '/kick {player}[ {text}]', done: ['{player} was kicked by'] },
    ban: { command: '/ban {player}[ {text}]', done: ['{player} was banned by'] },
    pardon: { command: '/unban {player}', done: ['{player} was unbanned by'] },
    'whitelist-add': { command: '/whitelist add {player}', done: [] },
    'whitelist-remove': { command: '/whitelist remove {player}', done: [] },
    op: { command: '/promote {player}', done: ['{player} was promoted'] },
    deop: { command: '/demote {player}', done: ['{player} was demoted'] },
  },
  noPlayer: ["Player {player} doesn't exist", 'Unknown player'],
  refused: ['Unknown command', 'Cannot execute command'],
};

const zomboid: GameVerbs = {
  verbs: {
    kick: { command: 'kickuser "{player}"[ -r "{text}"]', done: ['User {player} kicked'] },
    ban: {
      command: 'banuser "{player}"[ -r "{text}"]',
      done: ['User {player} is now banned', 'System banned user {player}'],
    },
    pardon: {
      command: 'unbanuser "{player}"',
      done: ['User {player} is now un-banned', 'System unbanned user {player}'],
    },
    'whitelist-add': { command: 'addusertowhitelist "{player}"', done: [] },
    'whitelist-remove': {
      command: 'removeuserfromwhitelist "{player}"',
      done: ['User {player} removed from white list'],
    },
  },
  noPlayer: [
    "User {player} doesn't exist",
    'User "{player}" doesn\'t exist',
    'User "{player}" is not in the whitelist',
  ],
  refused: ['Unknown command'],
};

/** The commands also take a part of a name and the number of a creature. Their words differ between versions. */
const sevenDays: GameVerbs = {
  verbs: {
    kick: { command: 'kick {player}[ "{text}"]', done: [], byId: 'steam-prefixed' },
    // A ban must have an end.
    ban: { command: 'ban add {player} 100 years[ "{text}"]', done: [], byId: 'steam-prefixed' },
    pardon: { command: 'ban remove {player}', done: [], byId: 'steam-prefixed' },
    'whitelist-add': { command: 'whitelist add {player}', done: [], byId: 'steam-prefixed' },
    'whitelist-remove': { command: 'whitelist remove {player}', done: [], byId: 'steam-prefixed' },
    op: { command: 'admin add {player} 0', done: [], byId: 'steam-prefixed' },
    deop: { command: 'admin remove {player}', done: [], byId: 'steam-prefixed' },
  },
  noPlayer: [],
  refused: ['*** ERROR: unknown command'],
};

/** Games that are missing have no console commands about players, or read none at all. */
export const verbTable: Readonly<Partial<Record<Game, GameVerbs>>> = {
  minecraft,
  bedrock,
  source,
  rust,
  terraria,
  factorio,
  zomboid,
  'seven-days': sevenDays,
};
