/** Reads console sessions: the project's own, and those recorded from a real Wings (tests/fixtures/README.md). */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import * as z from 'zod';
import { linkSchema, usageSchema } from '../../bridge/schema/domain.js';
import { problemCodes } from '../../bridge/schema/problem.js';
import { ownFixtures, recordedFixtures } from './fixtures.js';

const linkKind = z.enum(linkSchema.options.map((option) => option.shape.kind.value));

const expectedSchema = z.strictObject({
  link: linkKind.optional(),
  /** Code of the problem, and a pattern for its message. */
  problem: z.tuple([z.enum(problemCodes), z.string()]).optional(),
  crashes: z.number().optional(),
  /** Expected details of each crash. */
  exits: z
    .array(
      z.object({
        exitCode: z.number().nullable(),
        outOfMemory: z.boolean(),
        isGivenUp: z.literal(true).optional(),
      }),
    )
    .optional(),
  deletions: z.number().optional(),
  /** Expected number of requests to read the server again from the panel. */
  changes: z.number().optional(),
  /** Expected number of token requests to the panel. */
  tickets: z.number().optional(),
  /** Expected figures of the last usage. */
  usage: usageSchema.partial().optional(),
});
/** Expected outcome of a socket, where it differs from the default. */
export type Expected = z.infer<typeof expectedSchema>;

const entrySchema = z.looseObject({
  t_ms: z.number(),
  dir: z.enum(['about', 'note', 'connect', 'open', 'out', 'in', 'close', 'error', 'rest']),
  sock: z.string().optional(),
  data: z.string().optional(),
  at: z.string().optional(),
  frame: z.string().optional(),
  binary: z.boolean().optional(),
  status: z.number().optional(),
  code: z.number().optional(),
  reason: z.string().optional(),
  as: z.string().optional(),
  method: z.string().optional(),
  path: z.string().optional(),
  headers: z.record(z.string(), z.union([z.string(), z.array(z.string())])).optional(),
  body: z.unknown().optional(),
  claims: z.record(z.string(), z.unknown()).optional(),
  becomes: z.record(z.string(), expectedSchema).optional(),
});
export type Entry = z.infer<typeof entrySchema>;

export interface Recording {
  name: string;
  folder: string;
  /** Wall-clock time of `t_ms` 0. */
  beganAt: number;
  entries: Entry[];
  /** Expected outcome by socket name; `*` = every socket; null = not in the file. */
  becomes: Record<string, Expected> | null;
}

export interface SessionSet {
  name: string;
  isRecorded: boolean;
  folder: string;
  /** Minimum number of sessions, and of refused token requests in them. */
  least: readonly [number, number];
  recordings: Recording[];
}

/** One socket of a recording, starting with `connect`. */
export interface RecordedSocket {
  /** The recorder's name of the socket; `#2` = second socket of a recording without names. */
  name: string;
  url: string;
  serverUuid: string;
  entries: Entry[];
}

/** Recorded sessions: Pterodactyl's Wings 1.11.11, and Pelican's Wings of August 2026. */
const recordedSets: readonly [folder: string, least: SessionSet['least']][] = [
  ['wings-1.11', [50, 6]],
  ['pelican-wings-2026-08', [15, 2]],
  ['client-api-2026-11/pterodactyl', [9, 0]],
];

/** The project's own sessions, and the recorded sessions where their folder exists. */
export function sessionSets(): SessionSet[] {
  const own = ownFixtures('wings');
  return [
    { name: 'own sessions', isRecorded: false, folder: own, least: [30, 6], recordings: readRecordings(own) },
    ...recordedSets.flatMap(([name, least]) => {
      const folder = recordedFixtures(name);
      if (folder === null) return [];
      return [
        { name: `recorded: ${name}`, isRecorded: true, folder, least, recordings: readRecordings(folder) },
      ];
    }),
  ];
}

function readRecordings(folder: string): Recording[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.jsonl'))
    .sort()
    .map((file) => {
      const text = readFileSync(join(folder, file), 'utf8').trim();
      const entries = text.split('\n').map((line) => withStatus(entrySchema.parse(JSON.parse(line))));
      const [first] = entries;
      return {
        name: file.replace('.jsonl', ''),
        folder: basename(folder),
        beganAt: Date.parse(first?.at ?? ''),
        entries,
        becomes: first?.becomes ?? null,
      };
    });
}

/** The sessions of November 2026 store the handshake's status as text. */
function withStatus(entry: Entry): Entry {
  return entry.dir === 'open' && entry.status === undefined
    ? { ...entry, status: Number(entry.data) }
    : entry;
}

export function socketsOf(recording: Recording): RecordedSocket[] {
  const sockets: RecordedSocket[] = [];
  const current = new Map<string, RecordedSocket>();
  for (const entry of recording.entries) {
    const key = entry.sock ?? '';
    if (entry.dir === 'connect') {
      const url = entry.data ?? '';
      const socket: RecordedSocket = {
        name: key === '' ? `#${String(sockets.length + 1)}` : key,
        url,
        serverUuid: /servers\/([^/]+)\/ws/.exec(url)?.[1] ?? '',
        entries: [],
      };
      sockets.push(socket);
      current.set(key, socket);
    }
    if (entry.dir !== 'rest' && entry.dir !== 'note' && entry.dir !== 'about') {
      current.get(key)?.entries.push(entry);
    }
  }
  return sockets;
}

export function isTicketCall(entry: Entry): boolean {
  return (
    entry.dir === 'rest' && entry.method === 'GET' && /client\/servers\/.+\/websocket$/.test(entry.path ?? '')
  );
}
