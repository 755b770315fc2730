import { RemoteError } from '../../bridge/remote-error.js';
import type { RemoteServer } from '../../bridge/remote.js';
import { say } from '../../words/words.js';
import { count } from '../parse.js';
import { printJson, type Command } from './command.js';

const secondsAtFirst = 60;

export const wait: Command = async ({ perch, args: [name = ''], options, terminal }) => {
  const state = options['state'] ?? 'running';
  const seconds = count(options['timeout'], { least: 1, most: 86_400 }) ?? secondsAtFirst;
  let found: RemoteServer | null = null;
  let last: RemoteServer | null = null;
  let cancel = (): void => undefined;
  const late = setTimeout(() => cancel(), seconds * 1000);
  try {
    await perch.ask(
      'status',
      { names: [name], watch: true },
      {
        onBegun: (end) => (cancel = end),
        onEvent: ({ servers: [server] }) => {
          last = server ?? null;
          if (server?.state !== state) return;
          found ??= server;
          cancel();
        },
      },
    );
  } finally {
    clearTimeout(late);
  }
  if (found === null) throw tooLate(name, last, seconds);
  if (options['json'] === true) printJson(terminal, { server: found });
  else terminal.out(lineOf(found));
};

function lineOf({ name, word }: RemoteServer): string {
  return `${name}: ${word}\n`;
}

function tooLate(name: string, last: RemoteServer | null, seconds: number): RemoteError {
  const state = last?.word ?? say('states.unknown');
  return new RemoteError({
    cause: 'timeout',
    message: say('command-line.too-late', { server: last?.name ?? name, seconds, state }),
    next: '',
  });
}
