import { RemoteError } from '../../bridge/remote/remote-error.js';
import { longestCommand } from '../../bridge/schema/remote.js';
import { say } from '../../messages/messages.js';
import { withYes } from '../ask-yes.js';
import { printJson, type Command } from './command.js';

/**
 * Sends the words behind the name as one line. A single `-` reads the line from the input; behind `--` it is an
 * ordinary word.
 */
export const send: Command = async ({ perch, args: [name = '', ...words], plain, options, terminal }) => {
  const isInput = words.length === 1 && words[0] === '-' && plain === 0;
  const command = isInput ? terminal.readAll().replace(/\r?\n$/, '') : words.join(' ');
  if (command === '') throw wrong(say('command-line.missing-argument', { argument: 'COMMAND' }));
  if (command.length > longestCommand) throw wrong(say('command-line.too-long'));
  const { server } = await withYes(terminal, options['yes'] === true, (isAgreed) =>
    perch.ask('send', { name, command, isAgreed }),
  );
  if (options['json'] === true) printJson(terminal, { server });
  else terminal.out(`${say('command-line.command-sent', { server: server.name })}\n`);
};

function wrong(message: string): RemoteError {
  return new RemoteError({ cause: 'usage', message, next: '' });
}
