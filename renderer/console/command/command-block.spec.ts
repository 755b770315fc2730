import { expect, it } from 'vitest';
import type { Server } from '../../../bridge/schema/domain.js';
import { aServer } from '../../../tests/support/entities.js';
import { commandBlock } from './command-block.js';

it.each<[Partial<Server>, unknown]>([
  [{ power: 'running' }, null],
  [{ power: 'starting' }, null],
  [{ power: null }, null],
  [{ power: 'offline' }, 'The server is offline. Start it to send commands.'],
  [
    { power: 'offline', pending: { signal: 'restart', since: 1 } },
    'The server is restarting. You can send commands when it runs.',
  ],
  [
    { power: 'offline', pending: { signal: 'start', since: 1, doubt: 'unanswered' } },
    'The server is starting. You can send commands when it runs.',
  ],
  [
    { power: 'offline', pending: { signal: 'restart', since: 1, doubt: 'lost' } },
    'The server is offline. Start it to send commands.',
  ],
  [
    { power: 'offline', pending: { signal: 'kill', since: 1 } },
    'The server is offline. Start it to send commands.',
  ],
  [{ power: 'running', permissions: ['control.console'] }, null],
  [{ power: 'offline', permissions: ['control.start'] }, 'Needs the permission control.console.'],
  [{ condition: 'suspended', power: 'offline' }, expect.stringContaining('suspended')],
])('%j is %s', (fields, block) => {
  expect(commandBlock(aServer({ permissions: null, ...fields }))).toEqual(block);
});
