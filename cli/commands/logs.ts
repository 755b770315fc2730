import { cleanLines } from '../clean-text.js';
import { count } from '../parse.js';
import { say } from '../../messages/messages.js';
import { printJson, type Command } from './command.js';

const fewLines = 100;

export const logs: Command = async ({ perch, args: [name = ''], options, terminal }) => {
  const lines = count(options['lines'], { least: 0, most: 5000 }) ?? fewLines;
  const isJson = options['json'] === true;
  await perch.ask(
    'logs',
    { name, lines, follow: options['follow'] === true },
    {
      onEvent: ({ lines: came, skipped = 0 }) => {
        if (skipped > 0 && isJson) printJson(terminal, { skipped });
        else if (skipped > 0) terminal.out(`${say('command-line.lines-skipped', { count: skipped })}\n`);
        for (const line of came) {
          // JSON escapes control characters, so a script gets the original line.
          if (isJson) printJson(terminal, line);
          else
            terminal.out(
              cleanLines(line.text)
                .map((text) => `${text}\n`)
                .join(''),
            );
        }
      },
    },
  );
};
