/** Menu folder that excludes servers and nodes from the tray icon. Pure. */
import type { Server } from '../../../bridge/schema/domain.js';
import { nodeKey, withLeftOut, type LeftOut } from '../../../bridge/fleet/left-out.js';
import { say } from '../../../messages/messages.js';
import type { MenuItem } from '../../ui/menus/menu.js';

export interface LeftOutWorld {
  readonly leftOut: LeftOut;
  readonly servers: readonly Pick<Server, 'id' | 'accountId' | 'node'>[];
  change(change: (leftOut: LeftOut) => LeftOut): void;
}

export function leftOutFolder({ leftOut, servers, change }: LeftOutWorld): MenuItem {
  const nodes = [...new Map(servers.map((server) => [nodeKey(server), server])).values()];
  const areOut = servers.every(({ id }) => leftOut.servers.includes(id));
  return {
    kind: 'folder',
    label: say('left-out.title'),
    icon: 'hide',
    items: [
      {
        kind: 'action',
        label: say('left-out.servers', { count: servers.length }),
        checked: areOut,
        stays: true,
        testid: 'menu-leave-out',
        run: () => change((now) => withLeftOut(now, 'server', servers, !areOut)),
      },
      ...nodes.map((server): MenuItem => {
        const isOut = leftOut.nodes.includes(nodeKey(server));
        return {
          kind: 'action',
          label: say('left-out.node', { name: server.node }),
          checked: isOut,
          stays: true,
          testid: 'menu-leave-node-out',
          run: () => change((now) => withLeftOut(now, 'node', [server], !isOut)),
        };
      }),
    ],
  };
}
