import { newFailure, RemoteError } from '../bridge/remote/remote-error.js';
import type { RemoteFailure } from '../bridge/schema/remote.js';
import { say, sentence } from '../messages/messages.js';
import type { Terminal } from './terminal.js';

/**
 * Runs work that may need consent. `--yes` consents; without it the user is asked at a terminal, and elsewhere the work
 * fails with `needs-yes`.
 */
export async function withYes<T>(
  terminal: Terminal,
  isAgreed: boolean,
  work: (isAgreed: boolean) => Promise<T>,
): Promise<T> {
  try {
    return await work(isAgreed);
  } catch (error) {
    if (!(error instanceof RemoteError) || error.failure.cause !== 'needs-yes') throw error;
    if (!terminal.canAsk) throw needsYes(error.failure);
    if (!isYes(terminal, error.failure)) {
      throw new RemoteError(newFailure('needs-yes', sentence('command-line.not-agreed'), null));
    }
    return work(true);
  }
}

/** Asks at the terminal. */
export function isYes(terminal: Terminal, { message, next, candidates = [] }: RemoteFailure): boolean {
  const lines = [message, ...candidates.map((one) => `  ${one}`), next].filter((line) => line !== '');
  terminal.err(`${lines.join('\n')}\n${say('command-line.yes-or-no')} `);
  const answer = terminal.readLine().trim().toLowerCase();
  const own = [say('command-line.yes-letter'), say('command-line.yes-word')];
  // Accepts answers typed without accents.
  return ['y', 'yes', ...own, ...own.map(withoutAccents)].includes(answer.normalize('NFC'));
}

function withoutAccents(word: string): string {
  return word.normalize('NFD').replace(/\p{M}/gu, '');
}

/** Error that tells a script's author the effect of `--yes`. */
function needsYes({ message, next, candidates }: RemoteFailure): RemoteError {
  return new RemoteError({
    cause: 'needs-yes',
    message,
    next: [next, say('command-line.needs-yes')].filter((line) => line !== '').join(' '),
    ...(candidates === undefined ? {} : { candidates }),
  });
}
