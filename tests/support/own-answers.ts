/** Reads the answers of the contract set; tests/fixtures/README.md describes their format. */
import { join } from 'node:path';
import * as z from 'zod';
import { problemCodes } from '../../bridge/schema/problem.js';
import { ownFixtures, readJsonFiles } from './fixtures.js';

/** Actor whose key is sent; `contract-world.ts` has the actors. */
const actorSchema = z.enum([
  'owner',
  'admin',
  'helper',
  'viewer',
  'editor',
  'stranger',
  'application',
  'nobody',
]);
export type Actor = z.infer<typeof actorSchema>;

const faultSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('refuse'),
    status: z.number(),
    message: z.string(),
    fromProxy: z.boolean().optional(),
  }),
  z.strictObject({ kind: z.enum(['hang', 'reset', 'garbage']) }),
]);

/** State of the sandbox for a case. */
const givenSchema = z.strictObject({
  /** Fields of the server in the request. */
  server: z.record(z.string(), z.unknown()).optional(),
  /** Usage that the node reports. */
  usage: z
    .strictObject({
      state: z.enum(['offline', 'starting', 'running', 'stopping']),
      memory_bytes: z.number(),
      memory_limit_bytes: z.number(),
      cpu_absolute: z.number(),
      network: z.strictObject({ rx_bytes: z.number(), tx_bytes: z.number() }),
      uptime: z.number(),
      disk_bytes: z.number(),
    })
    .optional(),
  fault: faultSchema.optional(),
  /** Backups of the server; missing fields are those of one that is being made. */
  backups: z.array(z.looseObject({ uuid: z.string(), name: z.string(), createdAt: z.string() })).optional(),
  nodeDown: z.boolean().optional(),
  maintenance: z.boolean().optional(),
  /** Fields of startup variables, by name. */
  variables: z.record(z.string(), z.record(z.string(), z.unknown())).optional(),
  /** Images of the egg, by label. */
  images: z.record(z.string(), z.string()).optional(),
  /** State of the panel. */
  panel: z.record(z.string(), z.unknown()).optional(),
  allowedIps: z.array(z.string()).optional(),
  /** Calls per minute. */
  limit: z.number().optional(),
  /** Number of times the request is sent; the last answer counts. */
  times: z.number().optional(),
});
export type Given = z.infer<typeof givenSchema>;

const becomesSchema = z.union([
  z.strictObject({ value: z.union([z.array(z.unknown()), z.record(z.string(), z.unknown())]) }),
  z.strictObject({ done: z.literal(true) }),
  z.strictObject({
    problem: z.enum(problemCodes),
    permission: z.string().optional(),
    condition: z.string().optional(),
    fields: z.array(z.string()).optional(),
    maybeDone: z.literal(true).optional(),
    /** Expected wait before a retry, in seconds. */
    waits: z.number().optional(),
    /** Pattern for the message. */
    says: z.string().optional(),
  }),
]);
/** Expected result of Perch's client for an answer. */
export type ExpectedOutcome = z.infer<typeof becomesSchema>;

const caseSchema = z.strictObject({
  case: z.string(),
  about: z.string(),
  actor: actorSchema.default('owner'),
  /** Base address of the panel for the client, if not the default. */
  panelUrl: z.url().default('https://panel.example.com'),
  request: z.string().regex(/^(?:GET|POST|PUT|DELETE) (?:[/?].*)?$/),
  requestHeaders: z.record(z.string(), z.string()).default({}),
  send: z.unknown().optional(),
  /** True if Perch does not send this request; the client sends the nearest request that it has. */
  unasked: z.boolean().default(false),
  given: givenSchema.default({}),
  status: z.number(),
  headers: z.record(z.string(), z.string().nullable()).default({}),
  /** Case whose body this case shares, apart from `with` and `without`: in the same folder, or `panel-1.11/...`. */
  like: z.string().optional(),
  with: z.record(z.string(), z.unknown()).default({}),
  without: z.array(z.string()).default([]),
  body: z.unknown().optional(),
  claims: z.record(z.string(), z.unknown()).optional(),
  becomes: becomesSchema,
});
const fileSchema = z.strictObject({
  about: z.string(),
  /** Headers of every answer in the file, unless the case overrides them. */
  headers: z.record(z.string(), z.string()),
  answers: z.array(caseSchema),
});

/** One complete case of the contract set. */
export interface OwnAnswer extends Pick<
  z.infer<typeof caseSchema>,
  'case' | 'about' | 'actor' | 'panelUrl' | 'unasked'
> {
  given: Given;
  request: { method: string; path: string; headers: Record<string, string>; body: unknown };
  response: { status: number; headers: Record<string, string>; body: unknown };
  decodedToken?: { payload: Record<string, unknown> };
  becomes: ExpectedOutcome;
}

/** Dialect with complete bodies; other dialects may refer to these. */
const base = 'panel-1.11';

/** All cases of a folder below `tests/fixtures/panel`. */
export function ownAnswers(folder: string): OwnAnswer[] {
  const files = filesOf(folder);
  const bodies = new Map([
    ...filesOf(base).flatMap(({ answers }) =>
      answers.map((one) => [`${base}/${one.case}`, one.body] as const),
    ),
    ...files.flatMap(({ answers }) => answers.map((one) => [one.case, one.body] as const)),
  ]);
  return files.flatMap(({ headers, answers }) => answers.map((one) => inFull(one, headers, bodies)));
}

function filesOf(folder: string): z.infer<typeof fileSchema>[] {
  return readJsonFiles(ownFixtures(join('panel', folder))).map(({ content }) => fileSchema.parse(content));
}

function inFull(
  one: z.infer<typeof caseSchema>,
  usual: Record<string, string>,
  bodies: ReadonlyMap<string, unknown>,
): OwnAnswer {
  const [method = '', path = ''] = one.request.split(' ');
  const body = one.like === undefined ? (one.body ?? null) : structuredClone(bodies.get(one.like));
  for (const [path, value] of Object.entries(one.with)) change(body, path, { is: value });
  for (const path of one.without) change(body, path);
  const headers = Object.entries({ ...usual, ...one.headers }).filter(
    (pair): pair is [string, string] => pair[1] !== null,
  );
  return {
    case: one.case,
    about: one.about,
    actor: one.actor,
    panelUrl: one.panelUrl,
    unasked: one.unasked,
    given: one.given,
    request: {
      method,
      path: `/api/client${path}`,
      headers: {
        accept: 'application/json',
        ...(one.send === undefined ? {} : { 'content-type': 'application/json' }),
        ...one.requestHeaders,
      },
      body: one.send ?? null,
    },
    response: { status: one.status, headers: Object.fromEntries(headers), body },
    ...(one.claims === undefined ? {} : { decodedToken: { payload: one.claims } }),
    becomes: one.becomes,
  };
}

/** Sets or removes the value at a path of keys. Throws if the path does not exist. */
function change(body: unknown, path: string, value?: { is: unknown }): void {
  const keys = path.split('.');
  const last = keys.pop() ?? '';
  const holder = keys.reduce<unknown>((at, key) => (isObject(at) ? at[key] : undefined), body);
  if (!isObject(holder)) throw new Error(`There is nothing that could hold ${path}.`);
  if (value === undefined) Reflect.deleteProperty(holder, last);
  else holder[last] = value.is;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
