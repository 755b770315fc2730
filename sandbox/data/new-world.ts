import { withEveryGame } from './more-games.js';
import { withRented, type RentedFleet } from './rented.js';
import { demoSeed, type DemoStyle } from './seed.js';
import { withSynthetic } from './synthetic.js';
import type { WorldSeed } from './world.js';

/** Content of a new data folder. */
export interface NewWorld {
  /** Number of simulated servers besides those of the demo. */
  syntheticServers?: number;
  /** True = omits the demo's servers. */
  withoutDemo?: boolean;
  /** True = adds a server for each game that the demo lacks. */
  everyGame?: boolean;
  /** Fleet that replaces the demo's servers. */
  rented?: RentedFleet;
  /** True = all simulated servers on one node. */
  onOneNode?: boolean;
  /** True = simulated servers have addresses on loopback, where they answer queries. */
  answersOnPaper?: boolean;
}

/** Initial data of a new data folder. */
export function newWorld(now: string, style: DemoStyle, wanted: NewWorld): WorldSeed {
  const { syntheticServers = 0, withoutDemo = false, everyGame = false, rented, onOneNode = false } = wanted;
  const demo = demoSeed(now, style);
  if (rented !== undefined) return withRented(demo, rented);
  const own = withoutDemo ? { ...demo, servers: [] } : demo;
  const seed = withSynthetic(own, syntheticServers, now, onOneNode);
  if (wanted.answersOnPaper === true) letAnswer(seed);
  // Last, so that the simulated servers keep their data.
  return everyGame ? withEveryGame(seed, now) : seed;
}

/** Simulated servers share the address of their node, so each needs a port for queries of its own. */
function letAnswer({ nodes, servers }: WorldSeed): void {
  const onPaper = new Set(nodes.filter((node) => node.onPaper === true).map(({ id }) => id));
  for (const node of nodes) if (onPaper.has(node.id)) node.answersQueries = true;
  for (const { nodeId, values, allocations } of servers) {
    const [first] = allocations;
    if (!onPaper.has(nodeId) || first === undefined) continue;
    for (let at = allocations.length; at < 3; at++)
      allocations.push({ ...first, id: first.id + at, alias: null, port: first.port + at });
    if (values['QUERY_PORT'] !== undefined) values['QUERY_PORT'] = String(first.port + 2);
  }
}
