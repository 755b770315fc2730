/** A tool of the Model Context Protocol. */
import * as z from 'zod';
import type { PerchConnection } from '../connection.js';

/** Called with the function that cancels the request. */
export type OnBegin = (cancel: () => void) => void;

export interface Offer<Input extends z.ZodRawShape> {
  readonly title: string;
  readonly description: string;
  readonly input: z.ZodObject<Input>;
  /** Whether the tool makes a change. Perch then asks the user. */
  readonly changes: boolean;
  run(perch: PerchConnection, input: z.output<z.ZodObject<Input>>, onBegun: OnBegin): Promise<unknown>;
}

export function tool<Input extends z.ZodRawShape>({
  input,
  ...made
}: Omit<Offer<Input>, 'input'> & { readonly input: Input }): Offer<Input> {
  return { ...made, input: z.object(input) };
}

export const server = z.string().min(1).describe('Name, short id or UUID of the server, or PANEL/NAME.');
