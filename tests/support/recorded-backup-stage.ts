import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { decodeJwt } from 'jose';
import * as z from 'zod';
import { answerDifferences, type WantedAnswer } from './answer-differences.js';
import { BackupStage } from './backup-stage.js';
import type { Who } from './control-stage.js';
import { readJsonFiles } from './fixtures.js';
import { rawRequest, type RawAnswer } from './raw-http.js';
import { shapeDifferences } from './shape.js';
import { uploadType } from './upload-body.js';
import type { Frame } from './wings-rig.js';

const headers = z.record(z.string(), z.union([z.string(), z.array(z.string())]));
const request = z.object({ method: z.string(), path: z.string(), query: z.string(), body: z.unknown() });
const decodedToken = z.object({ payload: z.record(z.string(), z.unknown()) }).optional();

/** Recorded request and answer; the two panels' recorders wrote different forms. */
const exchange = z.union([
  z.object({
    case: z.string(),
    actor: z.string().nullable(),
    request,
    response: z.object({ status: z.number(), headers, body: z.unknown() }),
    decodedToken,
  }),
  z
    .object({
      name: z.string(),
      as: z.string().nullable(),
      request,
      status: z.number(),
      headers,
      body: z.unknown(),
    })
    .transform(({ name, as, request: asked, ...answer }) => ({
      case: name,
      actor: as,
      request: asked,
      response: { ...answer, body: answer.body === '' ? null : answer.body },
      decodedToken: undefined,
    })),
]);

export type BackupExchange = z.infer<typeof exchange>;

/** Exchanges of a folder by their number, which is the beginning of the file's name. */
export function backupExchanges(folder: string): Map<number, BackupExchange> {
  const found = new Map<number, BackupExchange>();
  for (const { file, content } of readJsonFiles(folder)) {
    const number = Number.parseInt(file, 10);
    if (/^\d+-/.test(file)) found.set(number, exchange.parse(content));
  }
  return found;
}

/** One of the exchanges. Throws if this number has no record, so that no comparison is skipped silently. */
export function exchangeOf(exchanges: ReadonlyMap<number, BackupExchange>, number: number): BackupExchange {
  const one = exchanges.get(number);
  if (one === undefined) throw new Error(`There is no recording ${number}.`);
  return one;
}

/** Events of a recorded socket between two notes; without the second, to the end. */
export function recordedEvents(folder: string, file: string, note: string, end?: string): Frame[] {
  const rows = readFileSync(join(folder, file), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { dir: string; data: string });
  const from = rows.findIndex((row) => row.dir === 'note' && row.data === note);
  const to = rows.findIndex((row) => row.dir === 'note' && row.data === end);
  return rows
    .slice(from, to === -1 ? undefined : to)
    .filter(({ dir }) => dir === 'in')
    .map(({ data }) => JSON.parse(data) as Frame);
}

/** Events about backups and power, without fields that differ from run to run. */
export function outlineOf(frames: readonly Frame[]): string[] {
  const lines = frames.flatMap(({ event, args = [] }) => {
    if (!/^(?:backup|status|daemon message)/.test(event)) return [];
    const text = (args[0] ?? '')
      .replace(/"checksum":"[0-9a-f]{40}"/, '"checksum":"(sha1)"')
      .replace(/"file_size":[1-9]\d*/, '"file_size":(bytes)')
      .replace(/"uuid":"[0-9a-f-]{36}"/, '"uuid":"(uuid)"')
      .replace(/^\(restoring\): .+/, '(restoring): (file)');
    return [`${event} ${text}`];
  });
  // The number of restored files differs.
  return lines.filter((line, at) => line !== lines[at - 1] || !line.includes('(restoring)'));
}

/** A recorded panel with backups, played by a sandbox with real nodes and files. */
export class RecordedBackupStage extends BackupStage {
  /** Names of the recordings -> names of this run. */
  readonly #names = new Map<string, string>();
  #link = '';
  #last = '';

  /** Body of the last answer that was compared. */
  get lastText(): string {
    return this.#last;
  }

  /** Says that this server, or backup, of the recordings is that one here. */
  name(recorded: string, real: string): void {
    this.#names.set(recorded, real);
  }

  /** A recorded value as JSON with the names of this run. */
  renamed(value: unknown): string {
    return this.#renamed(JSON.stringify(value));
  }

  /** UUID here of a backup of the recordings. */
  realUuid(recorded: string): string {
    return this.#names.get(recorded) ?? '';
  }

  /** Takes the link of an answer as the last link. */
  learn({ text }: RawAnswer): void {
    this.#link = /"url":"([^"]+)"/.exec(text)?.[1] ?? this.#link;
  }

  /** Follows the last link. */
  async download(): Promise<void> {
    await (await fetch(this.#link)).arrayBuffer();
  }

  /**
   * Sends the recorded request; differences between its answer and the recorded one. `body` = the body that the
   * recording tells only by its size.
   */
  async play(one: BackupExchange, body?: string | Buffer): Promise<string[]> {
    const answer = await this.#send(one, body);
    this.#last = answer.text;
    this.#learn(one, answer);
    if (/^\/api\/client\/servers\/[^/]+$/.test(one.request.path)) return statusDifferences(one, answer);
    const url = this.control.panelUrl;
    if (one.actor === null || one.actor === 'nobody') return nodeDifferences(one, answer);
    return [
      ...answerDifferences(this.#wanted(one, answer), answer, url),
      ...this.#linkDifferences(one),
      ...textDifferences(one, answer),
    ];
  }

  #send({ actor, request }: BackupExchange, given?: string | Buffer): Promise<RawAnswer> {
    const { method, path, query, body } = request;
    if (/^\/(?:download|upload)\//.test(path)) return this.#follow(request, given ?? null);
    const who: Who = actor === 'sub' ? 'subuser' : actor === 'admin' ? 'admin' : 'owner';
    const search = query === '' || query.startsWith('?') ? query : `?${query}`;
    const address = `${this.#renamed(path).replace('/api/client', '')}${search}`;
    return this.control.ask(who, method, address, given ?? this.#here(body));
  }

  /** Follows the last link, with the other parameters of the recording and its token if that was a wrong one. */
  #follow({ method, query }: BackupExchange['request'], body: string | Buffer | null): Promise<RawAnswer> {
    const url = new URL(this.#link);
    for (const [name, value] of new URLSearchParams(query)) {
      if (value !== '<jwt>') url.searchParams.set(name, value);
    }
    const type = body === null ? {} : { 'content-type': uploadType };
    return rawRequest(url.origin, method, `${url.pathname}${url.search}`, type, body);
  }

  /** Notes UUID and link of the answer. */
  #learn({ request: { method, path }, response }: BackupExchange, answer: RawAnswer): void {
    if (answer.status !== 200 || !answer.text.startsWith('{')) return;
    const got = uuidIn(JSON.parse(answer.text));
    const wanted = uuidIn(response.body);
    if (method === 'POST' && path.endsWith('/backups') && got && wanted) this.name(wanted, got);
    this.learn(answer);
  }

  /** The recorded answer with the addresses of this run, and with the changes of the recorder's earlier calls. */
  #wanted({ response }: BackupExchange, answer: RawAnswer): WantedAnswer {
    const panel = this.control.panelUrl;
    const body = this.#renamed(JSON.stringify(response.body))
      .replaceAll('https://localhost/', `${panel}/`)
      .replaceAll('http://127.0.0.1/', `${panel}/`);
    const wanted = { ...response.headers };
    for (const name of ['x-ratelimit-remaining', 'retry-after']) {
      const got = answer.headers[name];
      const isOwnLimit = Number(wanted['x-ratelimit-limit']) < 10;
      if (got !== undefined && name in wanted && !isOwnLimit) wanted[name] = got;
    }
    // One recorder left these headers out of all its recordings.
    const cors = Object.entries(answer.headers).filter(([name]) => name.startsWith('access-control-'));
    if (!cors.some(([name]) => name in wanted)) Object.assign(wanted, Object.fromEntries(cors));
    const isText = String(wanted['content-type']).startsWith('text/plain');
    const shown: unknown = isText ? answer.text : JSON.parse(body);
    return { response: { ...response, headers: wanted, body: shown } };
  }

  #linkDifferences({ request: { path }, decodedToken: token }: BackupExchange): string[] {
    if (!path.endsWith('/download') || token === undefined) return [];
    return shapeDifferences(
      token.payload,
      decodeJwt(new URL(this.#link).searchParams.get('token') ?? ''),
      'token',
    );
  }

  /** A recorded body with the names of this run. */
  #here(body: unknown): unknown {
    return body === null || body === undefined ? undefined : JSON.parse(this.#renamed(JSON.stringify(body)));
  }

  #renamed(text: string): string {
    return [...this.#names].reduce((done, [recorded, real]) => done.replaceAll(recorded, real), text);
  }
}

/** Texts of files are compared in full, long ones by their size. The recorder has parsed those that are JSON. */
function textDifferences({ response: { headers, body } }: BackupExchange, { text }: RawAnswer): string[] {
  if (!String(headers['content-type']).startsWith('text/plain')) return [];
  if (typeof body !== 'string') {
    return isDeepStrictEqual(JSON.parse(text), body)
      ? []
      : [`${JSON.stringify(body)} expected, ${text} came`];
  }
  const size = /… \((\d+) bytes\)$/.exec(body)?.[1];
  const isSame = size === undefined ? text === body : Buffer.byteLength(text) === Number(size);
  return isSame ? [] : [`${body.slice(0, 200)} expected, ${text.slice(0, 200)} came`];
}

/** Only the status of a server counts; its other fields have recordings of their own. */
function statusDifferences({ response }: BackupExchange, answer: RawAnswer): string[] {
  const view = z.object({ attributes: z.object({ status: z.string().nullable() }) });
  const [wanted, got] = [response.body, JSON.parse(answer.text)].map(
    (body) => view.parse(body).attributes.status,
  );
  return wanted === got ? [] : [`status ${wanted} expected, ${got} came`];
}

function nodeDifferences({ response }: BackupExchange, answer: RawAnswer): string[] {
  const names = ['content-type', 'access-control-allow-methods', 'access-control-allow-headers'];
  const differing = names.filter(
    (name) => response.headers[name] !== undefined && response.headers[name] !== answer.headers[name],
  );
  const wanted = response.headers['content-length'];
  const hasSize = wanted === undefined || wanted === '0' || Number(answer.headers['content-length']) > 0;
  const sizes = hasSize ? [] : ['no content-length'];
  if (answer.status !== response.status) return [`status ${response.status} expected, ${answer.status} came`];
  if (response.status < 300) return [...differing, ...sizes];
  return [...differing, ...sizes, ...shapeDifferences(response.body, JSON.parse(answer.text))];
}

function uuidIn(body: unknown): string | null {
  const parsed = z.object({ attributes: z.object({ uuid: z.string() }) }).safeParse(body);
  return parsed.success ? parsed.data.attributes.uuid : null;
}
