import type * as z from 'zod';
import { lastRunSchema, serverSchema } from './domain.js';

/** State of a server that Perch keeps between runs. All times are wall-clock times. */
export const knownServerSchema = serverSchema
  .pick({
    id: true,
    accountId: true,
    uuid: true,
    identifier: true,
    name: true,
    description: true,
    node: true,
    isOwner: true,
    condition: true,
    limits: true,
    allocations: true,
    sftp: true,
    dockerImage: true,
    game: true,
    egg: true,
    features: true,
    internalId: true,
    queryPort: true,
    naming: true,
    lastBackup: true,
  })
  .extend({ lastRun: lastRunSchema });
export type KnownServer = z.infer<typeof knownServerSchema>;
