import { homedir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { rentedFleets, type RentedFleet } from './data/rented.js';
import { dialectNamed, dialectNames, type SandboxDeps } from './sandbox.js';
import { StoreError } from './store.js';

const mostServers = 5000;

export const usage = `Usage: npm run sandbox -- [options]

  --port NUMBER             the panel's port on 127.0.0.1; 0 takes any free one (8800)
  --dialect NAME            ${listed(dialectNames, 'or')} (${dialectNames[0] ?? ''})
  --data FOLDER             where its state is kept (~/.perch-sandbox)
  --token-lifetime SECONDS  how long a socket token is good (600)
  --client-limit NUMBER     calls a minute for each user (what the dialect says)
  --websocket-limit NUMBER  socket tokens a minute for each server (what the dialect says)
  --servers NUMBER          add that many servers without processes to a new state, up to ${mostServers}
  --answer-queries          those servers answer queries, at addresses of this computer
  --one-node                all of those servers on one node
  --rented FLEET            network or friends: a fleet for pictures, in the place of the demo's
  --every-game              a server more for each game that the demo lacks
  --without-demo            of those servers alone, without the demo's
  --fresh                   forget the state and start over, with new keys
  --control                 let other programs on this computer change the world (for tests)
  --with-parent             end when standard input is closed
  --verbose                 tell on standard error what happens
  --help`;

/** Invalid argument of the command line. The message is for the user. */
export class BadArgument extends Error {
  override name = 'BadArgument';
}

export interface LaunchArguments {
  options: SandboxDeps;
  withParent: boolean;
}

/** Parses the command line; null = only show the help. Throws `BadArgument`. */
export function readArguments(args: string[]): LaunchArguments | null {
  const values = parse(args);
  if (values.help) return null;
  const dialect = dialectNamed(values.dialect);
  if (!dialect) {
    throw new BadArgument(`--dialect knows ${listed(dialectNames, 'and')}, not "${values.dialect}".`);
  }
  if (values.data.trim() === '') throw new BadArgument('--data needs the name of a folder.');
  const clientLimit = numberOf('--client-limit', values['client-limit'], 1, 1_000_000);
  const websocketLimit = numberOf('--websocket-limit', values['websocket-limit'], 1, 1_000_000);
  const servers = numberOf('--servers', values.servers, 1, mostServers);
  const rented = fleetOf(values.rented);
  const log = (line: string): void => void process.stderr.write(`${line}\n`);
  return {
    withParent: values['with-parent'],
    options: {
      port: numberOf('--port', values.port, 0, 65_535) ?? 8800,
      dialect,
      dataFolder: values.data,
      tokenLifetimeSeconds: numberOf('--token-lifetime', values['token-lifetime'], 1, 86_400) ?? 600,
      fresh: values.fresh,
      world: {
        withoutDemo: values['without-demo'],
        everyGame: values['every-game'],
        answersOnPaper: values['answer-queries'],
        onOneNode: values['one-node'],
        ...(rented === null ? {} : { rented }),
        ...(servers === null ? {} : { syntheticServers: servers }),
      },
      control: values.control,
      ...(clientLimit === null ? {} : { clientLimit }),
      ...(websocketLimit === null ? {} : { websocketLimit }),
      ...(values.verbose ? { log } : {}),
    },
  };
}

function parse(args: string[]) {
  try {
    const { values } = parseArgs({
      args,
      options: {
        port: { type: 'string' },
        dialect: { type: 'string', default: dialectNames[0] ?? '' },
        data: { type: 'string', default: join(homedir(), '.perch-sandbox') },
        'token-lifetime': { type: 'string' },
        'client-limit': { type: 'string' },
        'websocket-limit': { type: 'string' },
        servers: { type: 'string' },
        rented: { type: 'string' },
        'one-node': { type: 'boolean', default: false },
        'every-game': { type: 'boolean', default: false },
        'answer-queries': { type: 'boolean', default: false },
        'without-demo': { type: 'boolean', default: false },
        fresh: { type: 'boolean', default: false },
        control: { type: 'boolean', default: false },
        'with-parent': { type: 'boolean', default: false },
        verbose: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
    return values;
  } catch (error) {
    const [sentence] = (error instanceof Error ? error.message : String(error)).split('\n');
    throw new BadArgument(`${(sentence ?? '').replace(/\.?$/, '.')} --help lists what there is.`);
  }
}

function numberOf(name: string, text: string | undefined, least: number, most: number): number | null {
  if (text === undefined) return null;
  const number = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (!(number >= least && number <= most)) {
    throw new BadArgument(`${name} needs a whole number from ${least} to ${most}, not "${text}".`);
  }
  return number;
}

function fleetOf(text: string | undefined): RentedFleet | null {
  if (text === undefined) return null;
  const fleet = rentedFleets.find((name) => name === text);
  if (fleet === undefined)
    throw new BadArgument(`--rented knows ${listed(rentedFleets, 'and')}, not "${text}".`);
  return fleet;
}

function listed(names: readonly string[], word: 'and' | 'or'): string {
  return `${names.slice(0, -1).join(', ')} ${word} ${names.at(-1) ?? ''}`;
}

/** One sentence for the user about any error. */
export function sentenceFor(error: unknown, port: number): string {
  if (error instanceof BadArgument || error instanceof StoreError) return error.message;
  const code = error instanceof Error && 'code' in error ? error.code : null;
  if (code === 'EADDRINUSE') {
    const taken = error instanceof Error && 'port' in error ? String(error.port) : port;
    return `Port ${taken} is in use on this computer; end what uses it, or choose another one with --port.`;
  }
  if (code === 'EACCES')
    return `Port ${port} may not be used by this account; choose one above 1023 with --port.`;
  return `The sandbox could not start: ${error instanceof Error ? error.message : String(error)}`;
}
