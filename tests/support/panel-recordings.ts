import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';

const headers = z.record(z.string(), z.union([z.string(), z.array(z.string())]));

/** Recorded request, and the real panel's answer. */
const recording = z.object({
  case: z.string(),
  about: z.string(),
  actor: z.string(),
  state: z.string().optional(),
  request: z.object({
    method: z.string(),
    path: z.string(),
    headers: z.record(z.string(), z.string()),
    body: z.unknown(),
  }),
  response: z.object({ status: z.number(), headers, body: z.unknown() }),
  decodedToken: z.object({ payload: z.record(z.string(), z.unknown()) }).optional(),
});

export type Recording = z.infer<typeof recording>;

/** All recordings in the order in which they were made (the tables of the folder's README). */
export function panelRecordings(folder: string): Recording[] {
  const readme = readFileSync(join(folder, 'README.md'), 'utf8');
  const cases = readme.slice(readme.indexOf('\n## Cases')).matchAll(/^\| ([a-z][a-z0-9-]*) \| \w+ \| `/gm);
  return [...cases].map(([, name]) =>
    recording.parse(JSON.parse(readFileSync(join(folder, `${name ?? ''}.json`), 'utf8'))),
  );
}

/** Short ids of the README's servers, by their name in the cases. */
export function namedServers(folder: string): Map<string, string> {
  const readme = readFileSync(join(folder, 'README.md'), 'utf8');
  const rows = readme.matchAll(/^\| ([a-z0-9]+) \| ([0-9a-f]{8}) \| /gm);
  return new Map([...rows].map(([, word, id]) => [word ?? '', id ?? '']));
}
