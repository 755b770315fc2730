import { spawn } from 'node:child_process';
import { RemoteError } from '../bridge/remote-error.js';
import { say } from '../words/words.js';
import { Connection, type Client } from './connection.js';
import type { Context, Launch } from './context.js';

/** From the start of a process to the first icon, on a slow computer. */
const startsWithinMs = 30_000;
const lookEveryMs = 100;

/** Connects to the running Perch, and starts it hidden where none runs. */
export async function reachPerch(
  { dataFolder, launch }: Pick<Context, 'dataFolder' | 'launch'>,
  { client, mayStart }: { client: Client; mayStart: boolean },
): Promise<Connection> {
  const running = await Connection.open(dataFolder, client);
  if (running !== null) return running;
  if (!mayStart || launch === null) {
    throw notRunning(say('command-line.not-running'), say('command-line.not-running-next'));
  }
  const started = start(launch);
  for (const deadline = Date.now() + startsWithinMs; Date.now() < deadline && !started.hasEnded;) {
    await new Promise((next) => setTimeout(next, lookEveryMs));
    const connection = await Connection.open(dataFolder, client);
    if (connection !== null) return connection;
  }
  throw notRunning(say('command-line.not-started'), say('command-line.not-started-next'));
}

/**
 * It lives on when the command line ends. Where there is a shell, that starts it and ends at once: a thread that ends with
 * a child of its own takes the whole process down.
 */
function start({ command, args }: Launch): { readonly hasEnded: boolean } {
  const state = { hasEnded: false };
  if (process.platform === 'win32') {
    const child = spawn(command, args, { detached: true, stdio: 'ignore' });
    child.on('error', () => (state.hasEnded = true));
    child.on('exit', () => (state.hasEnded = true));
    child.unref();
    return state;
  }
  const script = '"$0" "$@" </dev/null >/dev/null 2>&1 & echo $!';
  const shell = spawn('/bin/sh', ['-c', script, command, ...args], {
    detached: true,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let pid = '';
  shell.stdout.on('data', (piece: Buffer) => (pid += piece.toString()));
  shell.on('error', () => (state.hasEnded = true));
  return {
    get hasEnded() {
      return state.hasEnded || (pid.endsWith('\n') && !isAlive(Number(pid)));
    },
  };
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

function notRunning(message: string, next: string): RemoteError {
  return new RemoteError({ cause: 'not-running', message, next });
}
