import { spawn } from 'node:child_process';
import { readlinkSync } from 'node:fs';
import { newFailure, RemoteError } from '../bridge/remote/remote-error.js';
import { sentence, type Sentence } from '../messages/messages.js';
import { PerchConnection, type ProgramIdentity } from './connection.js';
import type { Context, Launch } from './context.js';

/** Longest time from the start of the process to the first tray icon, on a slow computer. */
const startsWithinMs = 30_000;
const lookEveryMs = 100;
/** Ms to wait for the first instance: a second instance ends at once, before the first is visible anywhere. */
const graceMs = 2000;

/** Connects to the running Perch, or starts it hidden. Refuses a data folder that another user could control. */
export async function reachPerch(
  { dataFolder, refused, launch }: Pick<Context, 'dataFolder' | 'refused' | 'launch'>,
  { client, mayStart }: { client: ProgramIdentity; mayStart: boolean },
): Promise<PerchConnection> {
  if (refused !== null)
    throw new RemoteError(newFailure('not-running', refusal(refused), sentence('command-line.folder-next')));
  const running = await PerchConnection.open(dataFolder, client);
  if (running !== null) return running;
  if (!mayStart || launch === null) {
    throw new RemoteError(newFailure('not-running', sentence('command-line.not-running')));
  }
  const started = start(launch);
  const until = Date.now() + startsWithinMs;
  for (let endedAt = Infinity; Date.now() < until && Date.now() - endedAt < graceMs;) {
    await new Promise((next) => setTimeout(next, lookEveryMs));
    const connection = await PerchConnection.open(dataFolder, client);
    if (connection !== null) return connection;
    // Another instance is already starting and will accept the connection.
    if (!started.hasEnded || isHeld(dataFolder)) endedAt = Infinity;
    else endedAt = Math.min(endedAt, Date.now());
  }
  throw new RemoteError(newFailure('not-running', sentence('command-line.not-started')));
}

/**
 * Starts Perch so that it outlives the command line. On systems with a shell, the shell starts Perch and ends at once,
 * because a thread that ends while its own child process runs takes the whole process down.
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

/**
 * Whether a running Perch uses this data folder. Chromium's lock names its process, as `host-1234`. Windows has no lock
 * file.
 */
function isHeld(dataFolder: string): boolean {
  if (process.platform === 'win32') return true;
  try {
    return isAlive(Number(/\d+$/.exec(readlinkSync(`${dataFolder}/SingletonLock`))?.[0] ?? NaN));
  } catch {
    return false;
  }
}

function isAlive(pid: number): boolean {
  try {
    // Zero would mean every process of the group.
    return pid > 0 && process.kill(pid, 0);
  } catch {
    return false;
  }
}

function refusal({ kind, path }: NonNullable<Context['refused']>): Sentence {
  return kind === 'foreign'
    ? sentence('command-line.folder-foreign', { path })
    : sentence('command-line.folder-open', { path });
}
