import type { RemoteEvent } from '../../bridge/schema/remote-entities.js';
import { momentOfDay } from '../../bridge/text/time-of-day.js';
import { say } from '../../messages/messages.js';
import { count } from '../parse.js';
import { painter } from '../colours.js';
import type { Terminal } from '../terminal.js';
import { printJson, type Command } from './command.js';

const fewEntries = 20;

export const events: Command = async ({ perch, args: [name], options, terminal }) => {
  const limit = count(options['lines'], { least: 0, most: 500 }) ?? fewEntries;
  const isJson = options['json'] === true;
  /** Text by event id. An updated event is printed again only if its text changed. */
  const printed = new Map<string, string>();
  await perch.ask(
    'events',
    {
      name: name ?? null,
      limit,
      follow: options['follow'] === true,
      others: options['others'] === true,
    },
    {
      onEvent: ({ events: came, reading }) => {
        if (reading !== undefined) terminal.err(`${say('command-line.lists-progress', reading)}\n`);
        for (const event of came) {
          const text = textOf(event, terminal);
          if (isJson) printJson(terminal, event);
          else if (printed.get(event.id) !== text) terminal.out(`${text}${channelsOf(event, terminal)}\n`);
          printed.set(event.id, text);
        }
      },
    },
  );
};

function textOf({ at, title, detail }: RemoteEvent, { hasColours }: Terminal): string {
  const paint = painter(hasColours);
  return `${paint(momentOfDay(at, Date.now()), 'dim')}  ${title}  ${paint(detail, 'dim')}`;
}

/** Messages to channels. A channel gets a message after a moment, which alone is no reason to print an event again. */
function channelsOf({ channels }: RemoteEvent, { hasColours }: Terminal): string {
  return channels === null ? '' : `  ${painter(hasColours)(channels, 'dim')}`;
}
