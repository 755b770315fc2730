import { newFailure, RemoteError } from '../../bridge/remote/remote-error.js';
import { say, sentence } from '../../messages/messages.js';
import { isYes } from '../ask-yes.js';
import { cleanLines } from '../clean-text.js';
import { count } from '../parse.js';
import { printJson, type Command } from './command.js';

const fewLines = 100;

export const logs: Command = async (asked) => {
  const {
    perch,
    args: [name = ''],
    options,
    terminal,
  } = asked;
  if (options['share'] === true) return share(asked);
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

/**
 * Prints the text without private texts, and shares the text after a yes. There is no `--yes`: somebody has to read the
 * text before it leaves the computer, so without a terminal nothing is sent.
 */
const share: Command = async ({ perch, args: [name = ''], options, terminal }) => {
  if (options['follow'] === true)
    throw new RemoteError(newFailure('usage', sentence('command-line.share-follow'), null));
  const lines = count(options['lines'], { least: 1, most: 5000 }) ?? fewLines;
  const isJson = options['json'] === true;
  const { id, text, host, replaced, isStartupRead } = await perch.ask('redactLog', { name, lines });
  if (isJson) printJson(terminal, { text, replaced, isStartupRead });
  else
    terminal.out(
      cleanLines(text)
        .map((line) => `${line}\n`)
        .join(''),
    );
  const asks = newFailure(
    'needs-yes',
    sentence('command-line.share-ask', { host, count: replaced }),
    isStartupRead ? null : sentence('sharing.unread'),
  );
  if (!terminal.canAsk) throw new RemoteError({ ...asks, next: say('command-line.share-terminal') });
  if (!isYes(terminal, asks))
    throw new RemoteError(newFailure('needs-yes', sentence('command-line.not-agreed'), null));
  const { url, canDelete } = await perch.ask('shareLog', { id });
  if (isJson) printJson(terminal, { url });
  else terminal.out(`${url}\n`);
  if (canDelete && !isJson) terminal.err(`${say('command-line.share-delete')}\n`);
};
