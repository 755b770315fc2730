import { newFailure, RemoteError } from '../../bridge/remote/remote-error.js';
import type { RemoteServer } from '../../bridge/schema/remote-entities.js';
import { say, sentence } from '../../messages/messages.js';
import { count, type Options } from '../parse.js';
import { printJson, type Command } from './command.js';

const secondsAtFirst = 60;

/** Timeout in seconds, including the time to reach Perch. */
export function secondsOf(options: Options): number {
  return count(options['timeout'], { least: 1, most: 86_400 }) ?? secondsAtFirst;
}

export const wait: Command = async ({ perch, args: [name = ''], options, terminal, deadline }) => {
  const state = options['state'] ?? 'running';
  let found: RemoteServer | null = null;
  let last: RemoteServer | null = null;
  let cancel = (): void => undefined;
  const watching = perch.ask(
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
  // Perch answers only after its panels did, which may take longer than the timeout.
  await withinTime(watching, deadline);
  if (found === null) throw tooLate(last ?? { name, word: say('states.unknown') }, secondsOf(options));
  if (options['json'] === true) printJson(terminal, { server: found });
  else terminal.out(lineOf(found));
};

/** Resolves with the result, or with null at the deadline. Rejects as `work` does. */
export async function withinTime<T>(work: Promise<T>, deadline: number): Promise<T | null> {
  if (deadline === Infinity) return work;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), deadline - Date.now());
  });
  // Ignores a failure after the deadline.
  work.catch(() => undefined);
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

function lineOf({ name, word }: RemoteServer): string {
  return `${name}: ${word}\n`;
}

export function tooLate({ name, word }: { name: string; word: string }, seconds: number): RemoteError {
  return new RemoteError(
    newFailure('timeout', sentence('command-line.too-late', { server: name, seconds, state: word }), null),
  );
}
