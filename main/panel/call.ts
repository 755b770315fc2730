/** Description of one request to a panel. */
import type * as z from 'zod';
import { PerchError, newProblem, type Problem } from '../../bridge/errors.js';
import { sentence, type Sentence } from '../../messages/messages.js';
import type { PanelErrorEntry } from './answers.js';

export interface PanelCall<T = unknown> {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Path below `/api/client`, with the query. */
  path: string;
  /** JSON fields, or the content of a file. */
  body?:
    | Record<
        string,
        string | number | boolean | null | readonly string[] | readonly Readonly<Record<string, string>>[]
      >
    | string
    | Uint8Array;
  /** The purpose of the call, for messages: completes "could not …" in English. */
  what: Sentence;
  /**
   * `server` = about one server: a 404 means that server, not the panel.
   * `file` = about a file of one server: a refusal by the node concerns the file, not the node (PROTOCOL 3.3).
   * `backup` = about one backup of a server: a 404 means that backup; `schedule`, `database`, `person`,
   * `allocation` and `key` (an API key) likewise.
   */
  subject: 'panel' | 'server' | 'file' | 'backup' | 'schedule' | 'database' | 'person' | 'key' | 'allocation';
  /** Permission beyond access to the server (PROTOCOL 2). The real panel does not name missing permissions (D5). */
  permission?: string;
  /** True if the panel forwards the call to the node. */
  usesNode: boolean;
  /** Names of the input fields, the most likely invalid field last: the reference does not name the field (D7). */
  fields: readonly string[];
  /** Limiter scope (PROTOCOL 3.4). */
  budget: string;
  /** True if headers may show a limiter of this route instead of the general one (PROTOCOL 2.16.14). */
  hasOwnLimit?: boolean;
  /** Id below `panel` of the message for a refusal by the limiter of this route; absent for the general message. */
  throttled?:
    | 'backup-throttled'
    | 'restore-throttled'
    | 'pull-throttled'
    | 'players-throttled'
    | 'schedule-throttled'
    | 'person-throttled'
    | 'allocation-throttled'
    | 'database-throttled'
    | 'email-throttled';
  /** Id below `panel` of the message for a refusal by the node without a reason; absent for the general message. */
  unexplained?: 'not-fetched';
  /** Message for a lost answer, because the panel may have carried out the call; null for reads. */
  unsure: Sentence | null;
  /** Passwords in the body, which are cut out of the answer: a hostile or broken server may echo the request. */
  secrets?: readonly string[];
  /**
   * True if a success holds a secret that is new to Perch: a key, or the password of a database. A broken panel may put
   * such a secret into a refusal, so Perch quotes no word of the refusal that may be one.
   */
  answersSecret?: true;
  /** Time limit in ms, for calls that may take longer than usual. */
  timeoutMs?: number;
  /** Size limit of the answer in bytes, for calls whose answer may be larger than usual. */
  maxBytes?: number;
  /** True if a success is JSON without the envelope of the API, as the answers of plugins are. */
  isBare?: true;
  /** Schema of the answer; `bytes` for the content of a file; null if a success has no content. */
  answer: z.ZodType<T> | 'bytes' | null;
}

/** Limiter scope for this route of this server only (PROTOCOL 3.4.8). */
export function routeScope({ method, path }: PanelCall): string {
  return `${method} ${path.split('?')[0]}`;
}

/** True for JSON fields, false for the content of a file. */
export function isFields(
  body: PanelCall['body'],
): body is Exclude<PanelCall['body'], string | Uint8Array | undefined> {
  return typeof body === 'object' && !(body instanceof Uint8Array);
}

export function isWrite(call: PanelCall): boolean {
  return call.method !== 'GET';
}

/**
 * A `PerchError` for an answer with status 300 or above. `said` = the first error in the panel's own format, only for
 * comparison: the panel may have written the key into it.
 */
export class RefusedCall extends PerchError {
  constructor(
    problem: Problem,
    readonly status: number,
    readonly said: PanelErrorEntry | null = null,
  ) {
    super(problem);
  }
}

/** The problem of a call without an answer. A write that may have left counts as possibly done (PROTOCOL trap 18). */
export function unanswered(call: PanelCall, problem: Problem): Problem {
  return call.unsure === null ? problem : { ...problem, next: call.unsure, maybeDone: true };
}

export function read<T>(
  path: string,
  what: Sentence,
  answer: z.ZodType<T> | 'bytes',
  extra: Partial<PanelCall<T>> = {},
): PanelCall<T> {
  return {
    method: 'GET',
    path,
    what,
    subject: 'panel',
    usesNode: false,
    fields: [],
    budget: 'panel',
    unsure: null,
    answer,
    ...extra,
  };
}

export function write<T = void>(
  method: 'POST' | 'PUT' | 'DELETE',
  path: string,
  call: Partial<PanelCall<T>> & Required<Pick<PanelCall, 'what' | 'permission'>>,
): PanelCall<T> {
  return {
    method,
    path,
    subject: 'server',
    usesNode: false,
    fields: isFields(call.body) ? Object.keys(call.body) : [],
    budget: 'panel',
    unsure: sentence('panel.maybe-saved'),
    answer: null,
    ...call,
  };
}

/** Path of a server's call. Identifiers come from the panel, so characters that could change the path are rejected. */
export function serverPath(identifier: string, rest = ''): string {
  if (!/^[\w-]{1,100}$/.test(identifier)) {
    throw new PerchError(
      newProblem('not-found', sentence('panel.no-identifier'), sentence('panel.load-servers')),
    );
  }
  return `/servers/${identifier}${rest}`;
}
