import { duration } from '../../bridge/text/duration.js';
import { bytes } from '../../bridge/text/figures.js';
import type { RemoteTransfer } from '../../bridge/schema/remote-entities.js';
import { say } from '../../messages/messages.js';
import { painter, type Colour } from '../colours.js';
import { table, type Head } from '../table.js';
import type { Terminal } from '../terminal.js';
import { printJson, type Command } from './command.js';

const colours: Readonly<Partial<Record<RemoteTransfer['state'], Colour>>> = {
  running: 'green',
  resting: 'yellow',
  failed: 'red',
};

export const transfers: Command = async ({ perch, options, terminal }) => {
  const { transfers: found } = await perch.ask('transfers', {});
  if (options['json'] === true) printJson(terminal, { transfers: found });
  else if (found.length === 0) terminal.err(`${say('command-line.no-transfers')}\n`);
  else terminal.out(`${transferTable(found, terminal)}${problemLines(found, terminal)}`);
};

function transferTable(found: readonly RemoteTransfer[], { hasColours }: Terminal): string {
  const heads: readonly Head[] = ['file', 'way', 'state', 'arrived', 'speed', 'left', 'folder'];
  const rows = found.map(({ file, direction, state, bytes: got, size, bytesPerSecond, msLeft, folder }) => {
    const colour = colours[state];
    return [
      { text: file },
      { text: say(`command-line.way-${direction}`) },
      { text: say(`command-line.transfer-${state}`), ...(colour === undefined ? {} : { colour }) },
      { text: size === null ? bytes(got) : `${bytes(got)} / ${bytes(size)}`, isFigure: true },
      { text: bytesPerSecond === null ? '' : `${bytes(bytesPerSecond)}/s`, isFigure: true },
      { text: msLeft === null ? '' : duration(msLeft), isFigure: true },
      { text: folder },
    ];
  });
  return table(heads, rows, painter(hasColours));
}

function problemLines(found: readonly RemoteTransfer[], { hasColours }: Terminal): string {
  const paint = painter(hasColours);
  const lines = found.flatMap(({ file, problem }) =>
    problem === null ? [] : [`${paint(file, 'bold')}: ${problem}\n`],
  );
  return lines.length === 0 ? '' : `\n${lines.join('')}`;
}
