/** Runs the command line and returns the exit code. */
import { RemoteError } from '../bridge/remote/remote-error.js';
import type { RemoteFailure } from '../bridge/schema/remote.js';
import { say } from '../messages/messages.js';
import { speakAs } from './language.js';
import { cleanJson } from './clean-text.js';
import { account } from './commands/account.js';
import { activity } from './commands/activity.js';
import { backup } from './commands/backup.js';
import type { Command } from './commands/command.js';
import { databases } from './commands/databases.js';
import { network } from './commands/network.js';
import { doctor } from './commands/doctor.js';
import { events } from './commands/events.js';
import { files } from './commands/files.js';
import { list } from './commands/list.js';
import { logs } from './commands/logs.js';
import { open } from './commands/open.js';
import { power } from './commands/power.js';
import { people } from './commands/people.js';
import { players } from './commands/players.js';
import { rules } from './commands/rules.js';
import { saying } from './commands/saying.js';
import { schedules } from './commands/schedules.js';
import { send } from './commands/send.js';
import { startup } from './commands/startup.js';
import { status } from './commands/status.js';
import { transfers } from './commands/transfers.js';
import { secondsOf, tooLate, wait, withinTime } from './commands/wait.js';
import { completion } from './completion.js';
import type { Context } from './context.js';
import { painter } from './colours.js';
import { exitCodes } from './exit-codes.js';
import { helpText } from './help.js';
import { parse, type ParsedCommandLine } from './parse.js';
import { reachPerch } from './reach-perch.js';
import { PipeClosed, type Terminal } from './terminal.js';
import type { Shell } from './verb-choices.js';

const commands: Readonly<Record<string, Command>> = {
  list,
  status,
  players,
  rules,
  say: saying,
  send,
  logs,
  wait,
  events,
  transfers,
  backup,
  databases,
  people,
  network,
  schedules,
  startup,
  account,
  activity,
  files,
  open,
  doctor,
  start: power('start'),
  stop: power('stop'),
  restart: power('restart'),
  kill: power('kill'),
};

export async function run(context: Context): Promise<number> {
  const { terminal, words } = context;
  try {
    await carryOut(context, parse(words));
    return 0;
  } catch (error) {
    if (error instanceof PipeClosed) return 0;
    const failure = failureOf(error);
    tell(failure, terminal, words.includes('--json'));
    return exitCodes[failure.cause];
  }
}

async function carryOut(context: Context, asked: ParsedCommandLine): Promise<void> {
  const { terminal, version } = context;
  if (asked.kind === 'help') terminal.out(helpText(asked.verb));
  else if (asked.kind === 'version') terminal.out(`Perch ${version}\n`);
  else if (asked.verb.name === 'completion') terminal.out(completion(asked.args[0] as Shell));
  else if (asked.verb.name === 'mcp') await serve(context, asked.options['no-start'] !== true);
  else await talk(context, asked);
}

/** Loaded on demand: the protocol is most of the command line's code. */
async function serve(context: Context, mayStart: boolean): Promise<void> {
  const { serveMcp } = await import('./mcp/serve.js');
  await serveMcp(context, { mayStart });
}

async function talk(
  context: Context,
  { verb, args, plain, options }: Extract<ParsedCommandLine, { kind: 'verb' }>,
): Promise<void> {
  const command = commands[verb.name];
  if (command === undefined) throw new Error(`There is nothing to do for ${verb.name}.`);
  const seconds = command === wait ? secondsOf(options) : Infinity;
  const deadline = Date.now() + seconds * 1000;
  const reaching = {
    client: { kind: 'person', name: 'perch' },
    mayStart: options['no-start'] !== true,
  } as const;
  const perch = await withinTime(reachPerch(context, reaching), deadline);
  if (perch === null) throw tooLate({ name: args[0] ?? '', word: say('states.unknown') }, seconds);
  try {
    await speakAs(perch.language);
    await command({ perch, args, plain, options, terminal: context.terminal, deadline });
  } finally {
    perch.close();
  }
}

function failureOf(error: unknown): RemoteFailure {
  if (error instanceof RemoteError) return error.failure;
  return { cause: 'failed', message: say('command-line.failed', { why: String(error) }), next: '' };
}

function tell(failure: RemoteFailure, terminal: Terminal, isJson: boolean): void {
  if (isJson) {
    terminal.err(`${cleanJson({ error: failure })}\n`);
    return;
  }
  const { message, next, candidates = [] } = failure;
  const lines = [next, ...candidates.map((one) => `  ${one}`)].filter((line) => line !== '');
  const paint = painter(terminal.hasColours);
  terminal.err(`${paint(message, 'red')}\n${lines.map((line) => `${line}\n`).join('')}`);
}
