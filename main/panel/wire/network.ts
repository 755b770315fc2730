import type { NetworkAllocation } from '../../../bridge/schema/network.js';
import { amount, enveloped, flag, line, numberId, optionalLine } from './fields.js';
import { uncut, wholeList } from './whole-list.js';

/** Schema of one allocation (PROTOCOL 2.21.1). */
export const allocationItem = enveloped({
  id: numberId,
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

/** Schema of all allocations of a server. */
export const allocationsAnswer = wholeList(allocationItem, uncut, ({ id }) => String(id));
