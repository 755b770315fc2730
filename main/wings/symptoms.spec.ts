import { expect, it } from 'vitest';
import { aLiveSession } from '../../tests/support/wings-session.js';

it('problems named by the node are passed on', async () => {
  const { socket, listener } = await aLiveSession();
  socket().receive('feature match', '{"key":"eula","pattern":"agree","line":"You need to agree"}');
  socket().receive('daemon error', 'filesystem: not enough disk space');
  expect(listener.symptoms).toEqual([
    { line: 'You need to agree', feature: 'eula' },
    { line: 'filesystem: not enough disk space', feature: null },
  ]);
});
