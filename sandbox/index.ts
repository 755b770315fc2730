import * as z from 'zod';
import { BadArgument, readArguments, sentenceFor, usage } from './command-line.js';
import { parentPort, type ParentPort } from './parent-port.js';
import { Sandbox } from './sandbox.js';
import { BorrowedHost } from './wings/borrowed-host.js';
import { createWingsNode } from './wings/node.js';

async function main(): Promise<void> {
  let port = 0;
  try {
    const wishes = readArguments(process.argv.slice(2));
    if (!wishes) return void process.stdout.write(`${usage}\n`);
    port = wishes.options.port;
    const application = parentPort();
    const sandbox = new Sandbox({ ...wishes.options, ...(application && gamesRunBy(application)) });
    const ended = untilTold(wishes.withParent, application);
    const info = await sandbox.start();
    process.stdout.write(`${JSON.stringify(info)}\n`);
    await ended;
    await sandbox.stop();
    process.exit(0);
  } catch (error) {
    process.stderr.write(`${sentenceFor(error, port)}\n`);
    process.exit(error instanceof BadArgument ? 2 : 1);
  }
}

/** Nodes for a sandbox that runs as a utility process of the application. */
function gamesRunBy(application: ParentPort) {
  const host = new BorrowedHost(application);
  return { makeNode: (options: Parameters<typeof createWingsNode>[0]) => createWingsNode(options, { host }) };
}

const endSchema = z.object({ kind: z.literal('end') });

/** Resolves at the first signal to end, or when the parent closes stdin or sends a message. */
function untilTold(withParent: boolean, application: ParentPort | null): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => resolve();
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, end);
    // A closed reader of stdout ends the sandbox instead of crashing it.
    process.stdout.on('error', end);
    if (!withParent) return;
    if (application) {
      // A utility process has no stdin, and always ends with the application.
      application.on('message', ({ data }) => void (endSchema.safeParse(data).success && end()));
      return;
    }
    process.stdin.on('end', end).on('close', end).on('error', end);
    process.stdin.resume();
  });
}

await main();
