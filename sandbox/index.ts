import { BadArgument, readArguments, sentenceFor, usage } from './command-line.js';
import { Sandbox } from './sandbox.js';

async function main(): Promise<void> {
  let port = 0;
  try {
    const wishes = readArguments(process.argv.slice(2));
    if (!wishes) return void process.stdout.write(`${usage}\n`);
    port = wishes.options.port;
    const sandbox = new Sandbox(wishes.options);
    const ended = untilTold(wishes.withParent);
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

/** Resolves at the first signal to end, or where the parent closes the standard input. */
function untilTold(withParent: boolean): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => resolve();
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, end);
    // A reader that has gone is no reason to fall over.
    process.stdout.on('error', end);
    if (!withParent) return;
    process.stdin.on('end', end).on('close', end).on('error', end);
    process.stdin.resume();
  });
}

await main();
