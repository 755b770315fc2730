/** What one request to a panel is made of. */
import type * as z from 'zod';
import { PerchError, type Problem } from '../../bridge/errors.js';
import { sentence, type Sentence } from '../../messages/messages.js';

export interface PanelCall<T = unknown> {
  method: 'GET' | 'POST' | 'PUT';
  /** Below `/api/client`, query included. */
  path: string;
  /** Fields of JSON, or the text of a file. */
  body?: Record<string, string> | string;
  /** What is asked for, as sentences about it name it: completes "could not …" in English. */
  what: Sentence;
  /**
   * `server` = about one server: 404 means that server, not the panel. `file` = about a file of one server: what the node
   * refuses then says something of the file, and nothing of the node (PROTOCOL 3.3).
   */
  subject: 'panel' | 'server' | 'file';
  /** What the call needs beyond access to the server (PROTOCOL 2); the real panel does not name it (D5). */
  permission?: string;
  /** True where the panel asks the node to carry it out. */
  usesNode: boolean;
  /** Names of the input's fields, the most likely culprit last: the reference does not name them (D7). */
  fields: readonly string[];
  /** Limiter scope (PROTOCOL 3.4). */
  budget: string;
  /** What a person reads where the answer is lost, so that it may have been carried out; null for what only reads. */
  unsure: Sentence | null;
  /** The shape of what comes back; null where a success says nothing. */
  answer: z.ZodType<T> | null;
}

/** The scope of a limit that the panel has for this call of this server alone (PROTOCOL 3.4.8). */
export function routeScope({ method, path }: PanelCall): string {
  return `${method} ${path.split('?')[0]}`;
}

export function isWrite(call: PanelCall): boolean {
  return call.method !== 'GET';
}

/** An answer with a status of 300 and above. */
export class RefusedCall extends PerchError {
  constructor(
    problem: Problem,
    readonly status: number,
  ) {
    super(problem);
  }
}

/** The problem of an answer that was lost. Once a request may have left, it may have been carried out (PROTOCOL trap 18). */
export function unanswered(call: PanelCall, problem: Problem): Problem {
  return call.unsure === null ? problem : { ...problem, next: call.unsure, maybeDone: true };
}

export function read<T>(
  path: string,
  what: Sentence,
  answer: z.ZodType<T>,
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
  method: 'POST' | 'PUT',
  path: string,
  body: Record<string, string> | string | undefined,
  what: Sentence,
  permission: string,
  extra: Partial<PanelCall<T>> = {},
): PanelCall<T> {
  return {
    method,
    path,
    ...(body === undefined ? {} : { body }),
    what,
    subject: 'server',
    permission,
    usesNode: false,
    fields: typeof body === 'object' ? Object.keys(body) : [],
    budget: 'panel',
    unsure: sentence('panel.maybe-saved'),
    answer: null,
    ...extra,
  };
}

/** Identifiers come from the panel: nothing in them may lead to another path. */
export function ofServer(identifier: string, rest = ''): string {
  if (!/^[\w-]{1,100}$/.test(identifier)) {
    throw new PerchError({
      code: 'not-found',
      message: sentence('panel.no-identifier'),
      next: sentence('panel.load-servers'),
    });
  }
  return `/servers/${identifier}${rest}`;
}
