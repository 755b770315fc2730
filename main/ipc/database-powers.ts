/** Powers of the calls about databases. */
import type { Powers } from './power.js';
import { aboutServer } from './power-targets.js';

export const databasePowers = {
  'databases.list': 'free',
  'databases.create': { ...aboutServer('database'), isOnce: true },
  // Plugins with the old password lose their tables until somebody enters the new one.
  'databases.rotate': { ...aboutServer('database'), isOnce: true },
  'databases.remove': { ...aboutServer('delete-database'), isOnce: true },
  // One press shows, copies or hands over one password.
  'databases.showPassword': { ...aboutServer('database-password'), isOnce: true },
  'databases.copy': { ...aboutServer('database-password'), isOnce: true },
  'databases.open': { ...aboutServer('database-open'), isOnce: true },
} satisfies Powers;
