import * as z from 'zod';

const server = z.string();

/** Orders about databases. `panel` sets the host of databases, and whether users may create any. */
const databaseOrders = [
  /** null = no limit. */
  z.strictObject({ do: z.literal('database-limit'), server, limit: z.int().min(0).nullable() }),
  /** Adds a database as it stands here, whatever the panel itself would make of it. */
  z.strictObject({
    do: z.literal('add-database'),
    server,
    name: z.string(),
    username: z.string().optional(),
    password: z.string().optional(),
    remote: z.string().default('%'),
    address: z.string().optional(),
    port: z.int().min(1).max(65_535).optional(),
    maxConnections: z.int().min(0).default(0),
  }),
] as const;

export const databaseOrder = z.discriminatedUnion('do', databaseOrders);

export type DatabaseControlOrder = z.infer<typeof databaseOrder>;

/** Host of databases of the whole panel; null = none. */
export const databaseHost = z
  .strictObject({
    address: z.string(),
    port: z.int().min(1).max(65_535).default(3306),
    /** True if no server answers there. */
    isDown: z.boolean().default(false),
  })
  .nullable();
