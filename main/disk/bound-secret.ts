/**
 * A secret and the one place that it goes to, as one text.
 *
 * The list of panels is a file that a program or a person can change. An address that stands only there could lead a key
 * anywhere, so the keychain keeps the address with the key.
 */
import * as z from 'zod';
import { parseJson } from '../base/json.js';

export interface BoundSecret {
  /** `https://panel.example.com` for a key, `socks5://name@proxy.example.com:1080` for the password of a proxy. */
  readonly goesTo: string;
  readonly secret: string;
}

const textSchema = z.strictObject({ perch: z.literal(1), goesTo: z.string().min(1), secret: z.string() });

export function boundText({ goesTo, secret }: BoundSecret): string {
  return JSON.stringify({ perch: 1, goesTo, secret });
}

/** null for the bare secret that versions before this one have kept. */
export function readBound(text: string): BoundSecret | null {
  const read = textSchema.safeParse(parseJson(text));
  return read.success ? read.data : null;
}
