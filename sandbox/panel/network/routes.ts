/** Routes about the allocations of a server (PROTOCOL 2.21). */
import type { Server } from '../../data/world.js';
import { unknownServer } from '../errors.js';
import { needs, onServer, type RouteOf, type Routes } from '../route.js';
import { addAllocation, makePrimary, noteAllocation, removeAllocation } from './changes.js';
import { findAllocation, listAllocations } from './reads.js';

const all = '/api/client/servers/:server/network/allocations';
const one = `${all}/:allocation`;

/** Route about one allocation. An unknown allocation, and an allocation of another server, are not found. */
const onAllocation = (route: RouteOf<Server>) =>
  onServer({
    ...route,
    checkTarget: (_, server, params) => {
      if (findAllocation(server, params) === null) throw unknownServer();
    },
  });

export function networkRoutes(): Routes {
  const update = needs('allocation.update');
  return {
    [all]: {
      GET: onServer({ permission: needs('allocation.read'), run: listAllocations }),
      POST: onServer({
        isAllocationCreation: true,
        permission: needs('allocation.create'),
        run: addAllocation,
      }),
    },
    [one]: {
      POST: onAllocation({
        permission: update,
        rules: () => ({ notes: 'present|nullable|string|max:256' }),
        run: noteAllocation,
      }),
      DELETE: onAllocation({ permission: needs('allocation.delete'), run: removeAllocation }),
    },
    [`${one}/primary`]: { POST: onAllocation({ permission: update, run: makePrimary }) },
  };
}
