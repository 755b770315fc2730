import { expect, it } from 'vitest';
import type { LeftOut } from '../../../bridge/fleet/left-out.js';
import { aServer } from '../../../tests/support/entities.js';
import { leftOutFolder } from './left-out-menu.js';

const lobby = aServer({ id: 'home/1', node: 'Node 1' });
const arena = aServer({ id: 'home/2', node: 'Node 1' });
const vault = aServer({ id: 'home/3', node: 'Node 2' });

function rig(servers: readonly (typeof lobby)[]) {
  let leftOut: LeftOut = { servers: [], nodes: [] };
  const folder = () => leftOutFolder({ leftOut, servers, change: (change) => (leftOut = change(leftOut)) });
  const items = () => {
    const item = folder();
    return item.kind === 'folder' ? item.items.flatMap((one) => (one.kind === 'action' ? [one] : [])) : [];
  };
  return {
    said: () => items().map(({ label, checked }) => `${checked === true ? 'x' : '-'} ${label}`),
    press: (at: number) => items()[at]?.run(),
    stays: () => items().map(({ stays }) => stays),
    get leftOut() {
      return leftOut;
    },
  };
}

it('the menu leaves out a server or its node, and includes them again', () => {
  const menu = rig([lobby]);
  expect(menu.said()).toEqual([
    '- Ignore this server in the tray icon',
    '- Ignore the node Node 1 in the tray icon',
  ]);
  // Each choice is independent, and the menu stays open for the next.
  expect(menu.stays()).toEqual([true, true]);
  menu.press(0);
  menu.press(1);
  expect(menu.leftOut).toEqual({ servers: ['home/1'], nodes: ['home/Node 1'] });
  expect(menu.said()).toEqual([
    'x Ignore this server in the tray icon',
    'x Ignore the node Node 1 in the tray icon',
  ]);
  menu.press(0);
  expect(menu.leftOut).toEqual({ servers: [], nodes: ['home/Node 1'] });
});

it('the menu of several servers includes each of their nodes', () => {
  const menu = rig([lobby, arena, vault]);
  expect(menu.said()).toEqual([
    '- Ignore these 3 servers in the tray icon',
    '- Ignore the node Node 1 in the tray icon',
    '- Ignore the node Node 2 in the tray icon',
  ]);
  menu.press(0);
  expect(menu.leftOut.servers).toEqual(['home/1', 'home/2', 'home/3']);
  menu.press(2);
  expect(menu.said()).toEqual([
    'x Ignore these 3 servers in the tray icon',
    '- Ignore the node Node 1 in the tray icon',
    'x Ignore the node Node 2 in the tray icon',
  ]);
});
