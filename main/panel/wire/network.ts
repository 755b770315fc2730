import * as z from 'zod';
import type { NetworkAllocation } from '../../../bridge/schema/network.js';
import { amount, enveloped, flag, goodOnes, line, optionalLine, uniqueBy } from './fields.js';

const mostAllocations = 1000;

/** Schema of one allocation (PROTOCOL 2.21.1). */
export const allocationItem = enveloped({
  id: z.int().min(1),
  ip: line(200),
  ip_alias: optionalLine(300),
  port: amount(0),
  notes: optionalLine(300),
  is_default: flag,
}).transform(({ ip_alias: alias, is_default: isDefault, id, ip, port, notes }): NetworkAllocation => ({
  id,
  ip,
  alias,
  port,
  notes,
  isDefault,
}));

/** Schema of all allocations of a server, which come without pages. Items that do not parse are left out. */
export const allocationsAnswer = z
  .looseObject({ data: z.array(z.unknown()) })
  .transform(({ data }) => ({
    allocations: uniqueBy(goodOnes(data.slice(0, mostAllocations), allocationItem), ({ id }) => String(id)),
    count: data.length,
  }))
  // A list of only invalid items is an error: an empty list would look like no allocations.
  .refine(({ allocations, count }) => allocations.length > 0 || count === 0)
  .transform(({ allocations }): NetworkAllocation[] => allocations);
