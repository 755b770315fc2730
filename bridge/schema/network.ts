/** Allocations of a server: the addresses and ports that the panel gave it (PROTOCOL 2.21). */
import * as z from 'zod';
import { allocationSchema } from './domain.js';

/** Most characters of notes, on every panel. */
export const mostOfNotes = 256;

export const networkAllocationSchema = allocationSchema.extend({ id: z.number().int().positive() });
export type NetworkAllocation = z.infer<typeof networkAllocationSchema>;
