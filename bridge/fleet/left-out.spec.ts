import { expect, it } from 'vitest';
import { aServer } from '../../tests/support/entities.js';
import { leftOutTest, nodeKey, whyLeftOut, withLeftOut, type LeftOut } from './left-out.js';

const nothing: LeftOut = { servers: [], nodes: [] };
const lobby = aServer({ id: 'home/1', node: 'Node 1' });
const arena = aServer({ id: 'home/2', node: 'Node 1' });
const elsewhere = aServer({ id: 'work/1', accountId: 'work', node: 'Node 1' });

it('leaving out a server leaves out that server only, and can be undone', () => {
  const out = withLeftOut(nothing, 'server', [lobby], true);
  expect([lobby, arena, elsewhere].map((server) => whyLeftOut(out, server))).toEqual(['server', null, null]);
  expect(withLeftOut(out, 'server', [lobby], true)).toEqual(out);
  expect(withLeftOut(out, 'server', [lobby, arena], false)).toEqual(nothing);
});

it('leaving out a node leaves out all of its servers, also later ones, on that panel only', () => {
  const out = withLeftOut(nothing, 'node', [lobby, arena], true);
  expect(out).toEqual({ servers: [], nodes: [nodeKey(lobby)] });
  expect([lobby, arena, elsewhere].map((server) => whyLeftOut(out, server))).toEqual(['node', 'node', null]);
  expect([lobby, arena, elsewhere].map(leftOutTest(out))).toEqual([true, true, false]);
  expect([lobby, arena].map(leftOutTest({ servers: ['home/2'], nodes: [] }))).toEqual([false, true]);
  expect([lobby, arena].map(leftOutTest(nothing))).toEqual([false, false]);
  expect(withLeftOut(out, 'node', [arena], false)).toEqual(nothing);
});
