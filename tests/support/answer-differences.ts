import { decodeJwt } from 'jose';
import type { RawAnswer } from './raw-http.js';
import { shapeDifferences } from './shape.js';

/** Expected answer for the sandbox: recorded, or from the contract set. */
export interface WantedAnswer {
  state?: string | undefined;
  response: { status: number; headers: Record<string, string | string[]>; body: unknown };
  decodedToken?: { payload: Record<string, unknown> } | undefined;
}

/** Base address of the panel in expected answers. */
const recordedAt = 'https://panel.example.com';

/** Headers compared by value; for `presentHeaders` only their presence counts. */
const exactHeaders = [
  'x-ratelimit-limit',
  'x-ratelimit-remaining',
  'retry-after',
  'refresh',
  'allow',
  'content-type',
  'cache-control',
  'vary',
  'access-control-allow-origin',
  'access-control-allow-credentials',
  'access-control-allow-methods',
  'access-control-allow-headers',
  'access-control-max-age',
];
const presentHeaders = ['x-ratelimit-reset', 'set-cookie'];

/**
 * Differences between an answer and the expected answer; empty = none. `url` is the address of the panel that answered.
 */
export function answerDifferences(recording: WantedAnswer, answer: RawAnswer, url: string): string[] {
  const wanted = recording.response;
  if (answer.status !== wanted.status) {
    return [`status ${wanted.status} expected, ${answer.status} came: ${answer.text.slice(0, 300)}`];
  }
  const isJson = answer.headers['content-type'] === 'application/json' && answer.text !== '';
  const body: unknown = isJson ? JSON.parse(answer.text) : answer.text === '' ? null : answer.text;
  return [
    ...headerDifferences(wanted.headers, answer.headers, url),
    ...bodyDifferences(recording, here(wanted.body, url), body),
  ];
}

function headerDifferences(wanted: RawAnswer['headers'], got: RawAnswer['headers'], url: string): string[] {
  const differing = exactHeaders.filter((name) => wanted[name] !== got[name]);
  const absent = presentHeaders.filter((name) => name in wanted !== name in got);
  const location = wanted['location'];
  const moved = typeof location === 'string' && location.replace(recordedAt, url) !== got['location'];
  return [
    ...differing.map((name) => `header ${name}: ${String(wanted[name])} expected, ${String(got[name])} came`),
    ...absent.map((name) => `header ${name}: ${name in wanted ? 'is missing' : 'was not expected'}`),
    ...(moved ? [`location: ${location} expected, ${String(got['location'])} came`] : []),
  ];
}

function bodyDifferences(recording: WantedAnswer, wanted: unknown, got: unknown): string[] {
  if (recording.state === 'APP_DEBUG=true')
    return shapeDifferences(withoutTraces(wanted), withoutTraces(got));
  const differences = shapeDifferences(wanted, got);
  // Texts are compared exactly only in errors and in the pagination.
  const telling = (body: unknown): unknown => {
    if (!isObject(body)) return null;
    return 'errors' in body ? withoutIds(body) : isObject(body['meta']) ? body['meta']['pagination'] : null;
  };
  const [a, b] = [JSON.stringify(telling(wanted)), JSON.stringify(telling(got))];
  if (a !== b) differences.push(`${a} expected, ${b} came`);
  const payload = recording.decodedToken?.payload;
  if (payload && differences.length === 0) {
    const data = isObject(got) && isObject(got['data']) ? got['data'] : {};
    differences.push(...tokenDifferences(payload, decodeJwt(String(data['token']))));
  }
  return differences;
}

function tokenDifferences(wanted: Record<string, unknown>, got: Record<string, unknown>): string[] {
  const differences = shapeDifferences(wanted, got, 'token');
  const rights = [wanted, got].map((claims) => JSON.stringify(claims['permissions']));
  if (rights[0] !== rights[1]) differences.push(`permissions ${rights.join(' expected, ')} came`);
  return differences;
}

function here(body: unknown, url: string): unknown {
  return JSON.parse(JSON.stringify(body).replaceAll(recordedAt, url)) as unknown;
}

/** Replaces random ids and the client's address, which differ between runs. */
function withoutIds(body: unknown): unknown {
  return JSON.parse(
    JSON.stringify(body)
      .replace(/\(\d+\.\d+\.\d+\.\d+\)/g, '(address)')
      .replace(/(request.id: )[0-9a-f-]*\)/g, '$1)')
      .replace(/ServerVariable\[\d+\]/g, 'ServerVariable'),
  ) as unknown;
}

/** Removes the stack trace and the previous exception, which are not part of the protocol. */
function withoutTraces(body: unknown): unknown {
  return JSON.parse(
    JSON.stringify(body, (key, value: unknown) =>
      key === 'trace' && Array.isArray(value) ? value.slice(0, 1) : key === 'previous' ? [] : value,
    ),
  ) as unknown;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
