/**
 * A secret with its destination, as one text.
 * Programs and people can change the file with the panel addresses, and a changed address could send a key anywhere.
 * Therefore the keychain stores the destination with the key.
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

/** null for a bare secret, as earlier versions stored it. */
export function readBound(text: string): BoundSecret | null {
  const read = textSchema.safeParse(parseJson(text));
  return read.success ? read.data : null;
}
