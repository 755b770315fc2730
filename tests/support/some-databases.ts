import type { Database } from '../../bridge/schema/databases.js';

export function aDatabase(fields: Partial<Database> = {}): Database {
  return {
    id: 'R719VEq2',
    name: 's32_main',
    username: 'u32_EW5wPPr5pD',
    host: { address: 'db.example.com', port: 3306 },
    connectionsFrom: '%',
    maxConnections: null,
    ...fields,
  };
}
