import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { echoOf, typedLines } from '../../sandbox/wings/console-text.js';

/** One line of a recorded console session; `dir` decides its fields. */
export interface RecordedEntry {
  t_ms: number;
  dir: 'about' | 'note' | 'connect' | 'open' | 'out' | 'in' | 'close' | 'error' | 'rest';
  sock?: string;
  data?: string;
  at?: string;
  binary?: boolean;
  frame?: string;
  status?: number;
  body?: unknown;
  headers?: Record<string, string | string[]>;
  code?: number;
  reason?: string;
  method?: string;
  path?: string;
  request?: { signal?: string; command?: string } | string;
  claims?: RecordedClaims;
}

export interface RecordedClaims {
  iat?: number;
  nbf?: number;
  exp?: number;
  server_uuid: string;
  permissions: string[];
  user_uuid: string;
  user_id: number;
  [name: string]: unknown;
}

export function readRecording(folder: string, name: string): RecordedEntry[] {
  return readFileSync(join(folder, `${name}.jsonl`), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as RecordedEntry);
}

/**
 * Reproducible part of a socket's frames: states, errors and answers in order; daemon lines and echoes in order; and
 * whether installation output appeared. The game's lines and the number of usage frames vary and are ignored. Console
 * lines and other events travel on separate channels (PROTOCOL 4.12), so they are kept apart.
 */
export interface Skeleton {
  events: string[];
  lines: string[];
  seesInstallation: boolean;
}

const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;
/** Frames whose number varies: sent once per tick or per unsent line, or repeated by the game. */
const REPEATED = /^(?:jwt error|token |echo of )|throttling/;

export function skeletonOf(
  frames: readonly { event: string; args?: string[] }[],
  typed: ReadonlySet<string>,
): Skeleton {
  const skeleton: Skeleton = { events: [], lines: [], seesInstallation: false };
  const add = (list: string[], text: string) => {
    if (!(REPEATED.test(text) && list.at(-1) === text)) list.push(text);
  };
  for (const { event, args } of frames) {
    const text = args?.[0] ?? '';
    if (event === 'install output') skeleton.seesInstallation = true;
    else if (event === 'console output') {
      if (text.includes(' Daemon]:')) add(skeleton.lines, text);
      else if (typed.has(text)) add(skeleton.lines, `echo of ${text}`);
      else if (text.includes('container@pterodactyl~')) add(skeleton.lines, text);
    } else if (event === 'stats') {
      // Only an answer begins with this key.
      if (text.startsWith('{"memory_bytes"')) add(skeleton.events, `stats ${stateOf(text)}`);
    } else add(skeleton.events, `${event} ${withoutValues(text)}`.trim());
  }
  return skeleton;
}

/** Without what differs from run to run: ids, and checksum and size of a backup. */
function withoutValues(text: string): string {
  return text
    .replace(UUID, '<uuid>')
    .replace(/"checksum":"[0-9a-f]{40}"/, '"checksum":"<sha1>"')
    .replace(/"file_size":[1-9]\d*/, '"file_size":<bytes>');
}

function stateOf(stats: string): string {
  return (JSON.parse(stats) as { state: string }).state;
}

/** Event name, number and types of its args; for stats also the keys in order with the types of their values. */
export function shapeOf({ event, args }: { event: string; args?: string[] }): string {
  const types = args === undefined ? 'no args' : `[${args.map((arg) => typeof arg).join(', ')}]`;
  return event === 'stats' ? `stats ${typesOf(JSON.parse(args?.[0] ?? 'null'))}` : `${event} ${types}`;
}

function typesOf(value: unknown): string {
  if (typeof value !== 'object' || value === null) return typeof value;
  return `{${Object.entries(value)
    .map(([key, field]) => `${key}: ${typesOf(field)}`)
    .join(', ')}}`;
}

/** Lines that a terminal shows for this frame, if it is a command. */
export function echoesOf(frame: string): string[] {
  try {
    const { event, args } = JSON.parse(frame) as { event?: unknown; args?: unknown };
    if (event !== 'send command' || !Array.isArray(args)) return [];
    const text = Buffer.from(args.map((arg) => (typeof arg === 'string' ? arg : '')).join('')).toString();
    return typedLines(text).map(echoOf);
  } catch {
    return [];
  }
}
