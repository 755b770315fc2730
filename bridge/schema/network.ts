/** Allocations of a server: the addresses and ports that the panel gave it (PROTOCOL 2.21). */
import * as z from 'zod';
import { mostOfNotes } from '../network/notes.js';
import { allocationSchema } from './domain.js';

/** Notes that a panel takes. */
export const notesSchema = z
  .string()
  .max(4 * mostOfNotes)
  .refine((notes) => [...notes].length <= mostOfNotes);

export const networkAllocationSchema = allocationSchema.extend({ id: z.number().int().positive() });
export type NetworkAllocation = z.infer<typeof networkAllocationSchema>;
