import { keyHolders, type KeyHolder } from '../data/seed.js';
import type { EggVariable, Node, Server, User } from '../data/world.js';
import type { World } from '../records.js';

/** A change names an unknown server, node or user. */
export class UnknownTarget extends Error {
  override name = 'UnknownTarget';
}

/**
 * Finds the target of a change: servers by short id, UUID or name, nodes by name, users by username or as key holder.
 */
export class Targets {
  constructor(private readonly world: World) {}

  server(id: string): Server {
    const named = [...this.world.servers.values()].find((server) => server.name === id);
    return found(this.world.findServer(id) ?? named, `server ${id}`);
  }

  node(name: string): Node {
    return found(
      [...this.world.nodes.values()].find((node) => node.name === name),
      `node ${name}`,
    );
  }

  user(person: string): User {
    const holder = Object.hasOwn(keyHolders, person) ? keyHolders[person as KeyHolder] : undefined;
    const users = [...this.world.users.values()];
    return found(
      users.find((user) => user.id === holder || user.username === person),
      `user ${person}`,
    );
  }

  variable(server: Server, env: string): EggVariable {
    const { variables } = this.world.eggOf(server);
    return found(
      variables.find((each) => each.env === env),
      `variable ${env}`,
    );
  }
}

function found<T>(record: T | null | undefined, what: string): T {
  if (record === null || record === undefined) throw new UnknownTarget(`There is no ${what}.`);
  return record;
}
