/** Finds names of people: folders of users in paths, and players of games. Pure. */
import type { Range } from './secret-texts.js';

const userFolders = [
  /((?:\/|\\)(?:home|Users)(?:\/|\\{1,4}))([^\\/\s:"'<>|?*()[\],;]{1,64})/g,
  // A name on Windows may have blanks; the next separator ends the name.
  /([a-z]:(?:\\{1,4}|\/)(?:Users|Documents and Settings)(?:\\{1,4}|\/))([^\\/:"'<>|?*\r\n]{1,64}(?=[\\/])|[^\\/\s:"'<>|?*]{1,64})/gi,
  // A quotation mark ends the name.
  /(["'][a-z]:(?:\\{1,4}|\/)(?:Users|Documents and Settings)(?:\\{1,4}|\/))([^\\/:"'<>|?*\r\n]{1,64})(?=["'])/gi,
  // Words that begin with a capital letter belong to the name.
  /([a-zA-Z]:(?:\\{1,4}|\/)(?:[Uu]sers|Documents and Settings)(?:\\{1,4}|\/))(\p{Lu}\p{L}{0,30}(?: \p{Lu}[\p{L}.]{0,30}){1,2})(?![\p{L}])/gu,
];
/** Folders that belong to no person: a container's folder and the system's folders. */
const nobody = /^(?:container|public|default(?: user)?|all users|shared|steam|runner|\.+)$/i;

/** Names of users in paths of Linux, macOS and Windows. */
export function userFoldersIn(line: string): Range[] {
  return userFolders.flatMap((pattern) =>
    [...line.matchAll(pattern)].flatMap(({ index, 1: lead = '', 2: name = '' }) =>
      nobody.test(name) ? [] : [{ from: index + lead.length, to: index + lead.length + name.length }],
    ),
  );
}

const player = '([.*]?\\w{2,20})';
const playerLines = [
  new RegExp(`UUID of player ${player} is ([\\da-f-]{32,36})`, 'gi'),
  new RegExp(`(?<![^\\s>])${player} (?:joined|left) the (?:game|server)`, 'g'),
  new RegExp(`(?<![^\\s>])${player} (?:lost connection|issued server command|logged in)`, 'g'),
  new RegExp(`(?<![^\\s>])${player}\\[/[^\\]\\s]{1,60}\\]`, 'g'),
  new RegExp(`(?<=: |^)<${player}> `, 'g'),
  /Player (?:dis)?connected: ([^,]{1,32}), xuid: (\d{8,20})/gi,
];
/** Id of a Steam account. */
const steamId = /(?<!\d)(7656119\d{10})(?!\d)/g;
/** Most names of players that are looked for. */
const mostPlayers = 500;

/** Names and ids of players that the lines of a log name, in small letters. */
export class Players {
  readonly names = new Set<string>();

  /** Takes the names out of a line. */
  read(line: string): void {
    for (const pattern of [...playerLines, steamId])
      for (const match of line.matchAll(pattern))
        for (const name of match.slice(1)) if (this.names.size < mostPlayers) this.names.add(name);
  }
}
