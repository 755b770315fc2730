import type { QueryFaults } from '../wings/api.js';
import type { NodeGateway } from './node-gateway.js';
import type { Targets } from './targets.js';

/** Changes of how games answer, for tests. */
export class GameChanges {
  constructor(
    private readonly gateway: NodeGateway,
    private readonly targets: Targets,
  ) {}

  /** Replaces the faults of the game's answers to queries, until the node goes down. */
  disturbQueries(id: string, faults: QueryFaults): void {
    const server = this.targets.server(id);
    this.gateway.nodeOf(server).disturbQueries(server.uuid, faults);
  }
}
