import { oneLine } from '../../bridge/console/plain-line.js';
import type { RemoteOutput } from '../../bridge/schema/remote.js';
import { say } from '../../messages/messages.js';
import { painter } from '../colours.js';
import { table } from '../table.js';
import type { Terminal } from '../terminal.js';
import { printJson, type Command } from './command.js';

type Found = RemoteOutput<'startup'>;

/** `perch startup NAME`: start command, image choices and variables. Perch hides the values that look secret. */
export const startup: Command = async ({ perch, args: [name = ''], options, terminal }) => {
  const found = await perch.ask('startup', { name });
  if (options['json'] === true) return printJson(terminal, found);
  const { command, images, variables } = found;
  if (command !== '') terminal.out(`${cell(command)}\n\n`);
  for (const { label, image } of images) {
    const named = label === '' ? cell(image) : `${cell(label)} (${cell(image)})`;
    terminal.out(`${say('command-line.startup-image', { image: named })}\n`);
  }
  if (images.length > 0) terminal.out('\n');
  if (variables.length > 0) terminal.out(variablesTable(found, terminal));
};

/** Longest text of a cell, in characters. */
const longest = 500;

const cell = (text: string): string => oneLine(text, longest);

const heads = ['variable', 'value', 'default', 'editable', 'description'] as const;

function variablesTable({ variables }: Found, { hasColours }: Pick<Terminal, 'hasColours'>): string {
  const rows = variables.map(({ envVariable, serverValue, defaultValue, isEditable, name }) => [
    { text: cell(envVariable) },
    { text: cell(serverValue ?? defaultValue) },
    { text: cell(defaultValue) },
    { text: isEditable ? say('command-line.yes-word') : '' },
    { text: cell(name) },
  ]);
  return table(heads, rows, painter(hasColours));
}
