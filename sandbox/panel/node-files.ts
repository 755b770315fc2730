import type { SftpFaults, SftpState, WingsNode } from '../wings/api.js';
import { UnknownTarget, type Targets } from './targets.js';

/** Faults and accidents of a node's files: its SFTP server, and files that the node fetches. */
export class NodeFiles {
  constructor(
    private readonly nodes: ReadonlyMap<number, WingsNode>,
    private readonly targets: Targets,
  ) {}

  /** Sets faults until they are withdrawn or the node goes down; without any, only looks. */
  disturb(name: string, faults: Partial<SftpFaults>): Promise<SftpState> {
    const { sftp } = this.#node(name);
    sftp.disturb(faults);
    return sftp.look();
  }

  /** Makes a new host key, as a reinstalled node has. */
  changeHostKey(name: string): Promise<SftpState> {
    return this.#node(name).sftp.changeHostKey();
  }

  /** Cuts the connections of one server of the node, or of all. Returns how many. */
  cut(name: string, server: string | null): number {
    const uuid = server === null ? null : this.targets.server(server).uuid;
    return this.#node(name).sftp.cut(uuid);
  }

  /** Whether the node fetches files from loopback. */
  allowLoopback(name: string, isAllowed: boolean): void {
    this.#node(name).files.allowLoopback(isAllowed);
  }

  #node(name: string): WingsNode {
    const node = this.nodes.get(this.targets.node(name).id);
    if (node === undefined) throw new UnknownTarget(`There is no node ${name}.`);
    return node;
  }
}
