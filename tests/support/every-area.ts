/** Loads all areas of messages for specs; a process of Perch loads the areas that it says. */
import { learnArea } from '../../messages/messages.js';

await Promise.all([
  learnArea('allocations'),
  learnArea('account'),
  learnArea('activity'),
  learnArea('automation'),
  learnArea('command-line'),
  learnArea('config-forms'),
  learnArea('people'),
  learnArea('players-tab'),
  learnArea('databases'),
  learnArea('schedules'),
  learnArea('week'),
]);
