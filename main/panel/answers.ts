/** Reads the form of a panel's answer: JSON, web page, error list. */
import * as z from 'zod';
import { parseJson } from '../base/json.js';
import type { HttpResponse } from '../base/network-ports.js';
import { validItems } from './wire/fields.js';

const errorSchema = z.looseObject({
  code: z.string().catch(''),
  status: z.union([z.string(), z.number()]).optional().catch(undefined),
  detail: z.string().nullish().catch(null),
  meta: z
    .looseObject({
      source_field: z.string().optional().catch(undefined),
      rule: z.string().optional().catch(undefined),
    })
    .nullish()
    .catch(null),
});
/** An entry of another form does not hide other entries. */
const errorsSchema = z.looseObject({
  errors: z
    .array(z.unknown())
    .transform((entries) => validItems(entries, errorSchema))
    .refine((entries) => entries.length > 0),
});
/** The format of panels' framework, in which forks refuse input: texts for each field. */
const fieldsSchema = z.looseObject({
  errors: z
    .record(z.string(), z.union([z.array(z.string()).min(1), z.string().transform((text) => [text])]))
    .refine((errors) => Object.keys(errors).length > 0),
});

/** The answer of that framework to a refusal without fields. */
const messageSchema = z.looseObject({ message: z.string().min(1) });

/** One entry of the panel's own error format (PROTOCOL 3.1). */
export interface PanelErrorEntry {
  code: string;
  detail: string;
  /** Name of the invalid input field; null if the panel does not name the field (D7). */
  field: string | null;
}

export type AnswerBody =
  | { kind: 'json'; value: unknown }
  /** The body claims to be JSON, or looks like JSON, but does not parse. */
  | { kind: 'broken-json' }
  | { kind: 'html' }
  | { kind: 'empty' }
  | { kind: 'other' };

export function readBody(response: HttpResponse): AnswerBody {
  const text = response.body.trim();
  if (text === '') return { kind: 'empty' };
  if (text.startsWith('<')) return { kind: 'html' };
  const type = (response.headers['content-type'] ?? '').toLowerCase();
  const claims = type.includes('json');
  if (!claims && type.includes('html')) return { kind: 'html' };
  if (!claims && !/^[[{]/.test(text)) return { kind: 'other' };
  const value = parseJson(text);
  return value === undefined ? { kind: 'broken-json' } : { kind: 'json', value };
}

/** The panel's own errors; null if the body has another shape. */
export function readErrors(body: AnswerBody): PanelErrorEntry[] | null {
  if (body.kind !== 'json') return null;
  const parsed = errorsSchema.safeParse(body.value);
  if (!parsed.success) return fieldErrors(body.value);
  return parsed.data.errors.map((entry) => ({
    code: entry.code,
    detail: entry.detail ?? '',
    field: entry.meta?.source_field ?? null,
  }));
}

function fieldErrors(value: unknown): PanelErrorEntry[] | null {
  const errors = fieldsSchema.safeParse(value).data?.errors;
  if (errors === undefined) return null;
  return Object.entries(errors).map(([field, texts]) => ({
    code: 'ValidationException',
    detail: texts.join(' '),
    field,
  }));
}

/** The one text of a refusal whose answer has no list of errors; null without a text. */
export function readMessage(body: AnswerBody): PanelErrorEntry[] | null {
  if (body.kind !== 'json') return null;
  const { data } = messageSchema.safeParse(body.value);
  return data === undefined ? null : [{ code: '', detail: data.message, field: null }];
}

/** True if the JSON has an envelope of the client API (PROTOCOL 2.0). */
export function hasEnvelope(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return 'attributes' in value || 'data' in value || 'errors' in value;
}
