import { spawn, spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';
import { stripVTControlCharacters } from 'node:util';

/**
 * Runs a program to its end and returns its output.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, timeoutMs?: number, show?: boolean, hide?: RegExp, onLine?: (line:
 *   string) => void }} [options] `show` also lets its output through, without the lines that match `hide`; `onLine` gets
 *   each line of its standard output, without colours
 * @returns {Promise<{ code: number, output: string, timedOut: boolean }>} code 127 = could not be started
 */
export function run(command, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: options.env ?? process.env,
      stdio: ['ignore', 'pipe', 'pipe'],
      // On Windows npm is npm.cmd, which only a shell can start.
      shell: process.platform === 'win32' && command === 'npm',
    });
    let output = '';
    let timedOut = false;
    const timer = options.timeoutMs
      ? setTimeout(() => {
          timedOut = true;
          child.kill('SIGKILL');
        }, options.timeoutMs)
      : undefined;
    /** @param {NodeJS.WriteStream} through */
    const keep = (through) => (/** @type {Buffer} */ chunk) => {
      output += chunk.toString();
      if (options.show) through.write(options.hide ? without(options.hide, chunk.toString()) : chunk);
    };
    child.stdout.on('data', keep(process.stdout));
    const { onLine } = options;
    if (onLine) {
      const lines = createInterface({ input: child.stdout });
      lines.on('line', (line) => onLine(stripVTControlCharacters(line)));
    }
    child.stderr.on('data', keep(process.stderr));
    child.on('error', (error) => {
      clearTimeout(timer);
      resolve({ code: 127, output: `${output}${error.message}`, timedOut });
    });
    child.on('close', (code) => {
      clearTimeout(timer);
      resolve({ code: code ?? 1, output, timedOut });
    });
  });
}

/**
 * @param {RegExp} hide
 * @param {string} text
 */
function without(hide, text) {
  const lines = text.split(/(?<=\n)/);
  return lines.filter((line) => !hide.test(line)).join('');
}

/**
 * Last lines of a program's output, for a short error.
 *
 * @param {string} output
 * @param {number} [lines]
 */
export function tail(output, lines = 6) {
  return output.trimEnd().split('\n').slice(-lines).join('\n');
}

/**
 * Whether a program is on the PATH.
 *
 * @param {string} name
 */
export function hasProgram(name) {
  return programPath(name) !== null;
}

/**
 * Path of a program on the PATH.
 *
 * @param {string} name
 * @returns {string | null}
 */
export function programPath(name) {
  const places = (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, name));
  const found = places.find((file) => {
    try {
      accessSync(file, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
  return found ?? null;
}

/**
 * Whether a short program ends with exit code 0.
 *
 * @param {string} command
 * @param {readonly string[]} args
 */
export function succeeds(command, args) {
  return spawnSync(command, args, { stdio: 'ignore', timeout: 10_000 }).status === 0;
}
