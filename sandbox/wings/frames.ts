import * as z from 'zod';

/** Events from the node (PROTOCOL 4.5). */
type OutboundEvent =
  | 'auth success'
  | 'status'
  | 'stats'
  | 'console output'
  | 'install started'
  | 'install output'
  | 'install completed'
  | 'backup completed'
  | 'backup restore completed'
  | 'daemon message'
  | 'daemon error'
  | 'jwt error'
  | 'token expiring'
  | 'token expired'
  | 'deleted'
  | 'throttled';

/** `args` is undefined for an event without arguments. */
export interface Outbound {
  event: OutboundEvent;
  args?: readonly string[];
}

/** Message of a client; `text` is its args, joined without a separator. */
export interface Inbound {
  event: string;
  text: string;
}

const inboundSchema = z.object({
  event: z.string().nullish(),
  args: z.array(z.string().nullable()).nullish(),
});

const ESCAPED: Readonly<Record<string, string>> = {
  '<': '\\u003c',
  '>': '\\u003e',
  '&': '\\u0026',
  '\u2028': '\\u2028',
  '\u2029': '\\u2029',
};

/** One frame as Go's encoder writes it: some characters escaped, a newline at the end. */
export function encodeFrame({ event, args }: Outbound): string {
  const text = JSON.stringify(args === undefined ? { event } : { event, args });
  return `${text.replace(/[<>&\u2028\u2029]/g, (char) => ESCAPED[char] ?? char)}\n`;
}

/**
 * Reads a frame as tolerantly as Wings 1.11 (PROTOCOL 4.3): keys in any case, the last of repeated keys counts, null
 * elements are empty. null = ignored without an answer.
 */
export function parseFrame(text: string): Inbound | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  // Go reads `null` as an empty message, which is an unknown event and gets no answer either.
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  const known: Record<string, unknown> = {};
  for (const [key, field] of Object.entries(value)) {
    const name = key.toLowerCase();
    if (name === 'event' || name === 'args') known[name] = field;
  }
  const parsed = inboundSchema.safeParse(known);
  if (!parsed.success) return null;
  return {
    event: parsed.data.event ?? '',
    text: (parsed.data.args ?? []).map((element) => element ?? '').join(''),
  };
}
