import { say } from '../../words/words.js';
import { withYes } from '../ask-yes.js';
import { printJson, type Command } from './command.js';

/** The words behind the name, as one line; a single `-` reads it from the input, where nothing is taken for an option. */
export const send: Command = async ({ perch, args: [name = '', ...words], options, terminal }) => {
  const isInput = words.length === 1 && words[0] === '-';
  const command = isInput ? terminal.readAll().replace(/\r?\n$/, '') : words.join(' ');
  const { server } = await withYes(terminal, options['yes'] === true, (isAgreed) =>
    perch.ask('send', { name, command, isAgreed }),
  );
  if (options['json'] === true) printJson(terminal, { server });
  else terminal.out(`${say('command-line.command-sent', { server: server.name })}\n`);
};
