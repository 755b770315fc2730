/** Lines of Minecraft's console about saving. Pure. */
import { oneLine } from '../../bridge/console/plain-line.js';

export type SaveLine = 'off' | 'already-off' | 'saved' | 'on' | 'already-on';

/**
 * `due` = the console was live all the time since the command, so the next line is the answer; `missed` = the console
 * was cut meanwhile, and the lines that follow a reconnect may still have the answer; `lost` = there will be no answer,
 * because Perch or the console started again; `off`, `already-off` = the answer.
 */
export type SaveAnswer = 'due' | 'missed' | 'lost' | Extract<SaveLine, 'off' | 'already-off'>;

/**
 * Lines of Minecraft, Java Edition, from 1.7 on. The text follows the game's own prefix (`[12:00:00] [Server
 * thread/INFO]: ` or `[12:00:00 INFO]: `) directly. Chat has the player's name in between (`<Olive> `), and so do
 * `/say`, `/me` and reports about the commands of other operators (`[Olive: `), so that no player can forge a line.
 */
const prefix = /^\[[\d:.]{5,16}(?:\] \[Server thread\/INFO\](?: \[[\w./$]{1,100}\])?| INFO\]): /;
const texts: Readonly<Record<string, SaveLine>> = {
  'Automatic saving is now disabled': 'off',
  'Turned off world auto-saving': 'off',
  'Saving is already turned off': 'already-off',
  'Saved the game': 'saved',
  'Saved the world': 'saved',
  'Automatic saving is now enabled': 'on',
  'Turned on world auto-saving': 'on',
  'Saving is already turned on': 'already-on',
};
/** Longest line in characters that the game prints about saving, with escape sequences. */
const longest = 300;

/** Meaning of a console line about saving; null = none. */
export function saveLine(line: string): SaveLine | null {
  if (line.length > longest) return null;
  const text = oneLine(line, longest);
  const start = prefix.exec(text)?.[0];
  if (start === undefined) return null;
  const said = text.slice(start.length);
  return Object.hasOwn(texts, said) ? (texts[said] ?? null) : null;
}
