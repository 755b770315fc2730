import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Settings of a Minecraft server by name; an empty object for other games and without the file. */
export type Properties = Readonly<Record<string, string>>;

/** Reads `server.properties` of a server's folder. */
export function readProperties(folder: string): Properties {
  let text: string;
  try {
    text = readFileSync(join(folder, 'server.properties'), 'utf8');
  } catch {
    return {};
  }
  const lines = text.split(/\r?\n/).filter((line) => !/^\s*(?:[#!]|$)/.test(line));
  return Object.fromEntries(
    lines.map((line) => {
      const [name = '', ...value] = line.split('=');
      return [name.trim(), value.join('=').trim()];
    }),
  );
}
