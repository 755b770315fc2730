import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** Most lines of stderr in the error. */
const mostLines = 10;

/**
 * The first line of a program, which says that the program is ready. Passes on what the program writes to stderr.
 *
 * Rejects if the program ends without a line: with its exit code or signal, and its last lines of stderr.
 *
 * @param {import('node:child_process').ChildProcessByStdio<import('node:stream').Writable, import('node:stream').Readable, import('node:stream').Readable>} child
 * @param {string} program for the error
 * @returns {Promise<string>}
 */
export async function readyLine(child, program) {
  let said = '';
  const keep = (/** @type {Buffer} */ part) => void (said += part.toString());
  child.stderr.on('data', keep).on('data', (part) => process.stderr.write(part));
  const line = once(createInterface(child.stdout), 'line').then(([text]) => String(text));
  // "close" comes after the last byte of stderr; "exit" may come before.
  const early = once(child, 'close').then(([code, signal]) => {
    const way = signal === null ? `with exit code ${code}` : `by ${signal}`;
    const last = said.trimEnd().split('\n').slice(-mostLines).join('\n');
    throw new Error(`${program} ended ${way} before it was ready. ${last || 'It wrote nothing to stderr.'}`);
  });
  try {
    return await Promise.race([line, early]);
  } finally {
    child.stderr.off('data', keep);
  }
}
