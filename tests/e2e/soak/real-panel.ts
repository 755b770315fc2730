import type { Condition } from '../../../bridge/schema/domain.js';
import type { Happening } from '../../../sandbox/panel/chronicle.js';
import { Course, perchUser } from '../../soak/real/course.js';
import type { RunEnd } from '../../soak/model/game-process.js';
import { Timeline } from '../../soak/timeline.js';
import type { Truth } from '../../soak/unsettled.js';
import { startSandbox, type SandboxProcess } from '../../support/sandbox-process.js';

export interface RealServer {
  /** Server id as in Perch. */
  readonly id: string;
  readonly uuid: string;
  readonly isOwn: boolean;
  readonly node: string;
  readonly course: Course;
  readonly conditions: Timeline<Condition>;
  readonly listed: Timeline<boolean>;
  /** Ends of the server's runs; filled after the history. */
  readonly ends: RunEnd[];
  /** All names of the server so far, newest last. */
  readonly names: string[];
}

export interface RealPanelDeps {
  dialect: string;
  servers: number;
  time: { readonly now: number };
  /** Wall-clock time at the start of the history's time. */
  since: number;
  /** Adds the panel to Perch; returns the account id. */
  connect(url: string, key: string): Promise<string>;
}

interface Listed {
  uuid: string;
  name: string;
  node: string;
  status?: string | null;
  server_owner: boolean;
}

/** Other people give up on a silent panel after this time, in ms. */
const patienceMs = 3000;

/** Sandbox, and the true state of its servers. */
export class RealPanel {
  readonly sandbox: SandboxProcess;
  readonly servers: readonly RealServer[];
  readonly nodes: readonly string[];
  readonly id: string;
  readonly refusals: { at: number; serverId: string | null }[] = [];
  readonly unknownKeys: number[] = [];
  readonly #deps: RealPanelDeps;
  #reading: Promise<unknown> = Promise.resolve();

  private constructor(
    deps: RealPanelDeps,
    { sandbox, id, listed }: { sandbox: SandboxProcess; id: string; listed: readonly Listed[] },
  ) {
    this.#deps = deps;
    this.sandbox = sandbox;
    this.id = id;
    this.nodes = [...new Set(listed.map(({ node }) => node))];
    this.servers = listed.map((server) => serverOf(id, server));
  }

  static async start(deps: RealPanelDeps): Promise<RealPanel> {
    const flags = ['--dialect', deps.dialect, '--servers', String(deps.servers), '--without-demo'];
    const sandbox = await startSandbox(flags);
    // Alert titles identify servers only by name.
    const names = new Map(sandbox.servers.map(({ uuid }, at) => [uuid, `${deps.dialect} no. ${at + 1}`]));
    for (const [server, name] of names) await sandbox.control({ do: 'edit', server, name });
    const { data } = (await sandbox.ask('/api/client?per_page=100')) as { data: { attributes: Listed }[] };
    const id = await deps.connect(sandbox.panel, sandbox.keys.owner);
    const listed = data.map(({ attributes }) => ({ ...attributes, name: names.get(attributes.uuid) ?? '' }));
    return new RealPanel(deps, { sandbox, id, listed });
  }

  /** Records the changes since the last call. Only one call runs at a time, so that no change is recorded too late. */
  read(): Promise<void> {
    const reading = this.#reading.then(() => this.#read());
    this.#reading = reading.catch(() => undefined);
    return reading;
  }

  async #read(): Promise<void> {
    const happenings = (await this.sandbox.control({ do: 'happenings' })) as { result: Happening[] };
    for (const happening of happenings.result) this.#take(happening);
  }

  order(order: Record<string, unknown>): Promise<unknown> {
    return this.sandbox.control(order);
  }

  /** Action of the host, with the host's own key. `read` reports whether it took place. */
  async somebody({ uuid }: RealServer, what: { signal: string } | { command: string }): Promise<void> {
    const path = 'signal' in what ? 'power' : 'command';
    await fetch(`${this.sandbox.panel}/api/client/servers/${uuid}/${path}`, {
      method: 'POST',
      headers: {
        accept: 'application/json',
        authorization: `Bearer ${this.sandbox.keys.admin}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify(what),
      signal: AbortSignal.timeout(patienceMs),
    }).catch(() => undefined);
  }

  async takeNodeDown(node: string): Promise<void> {
    const { now } = this.#deps.time;
    await this.order({ do: 'node-down', node });
    await this.read();
    // The sandbox does not report processes that end with their node.
    for (const server of this.servers) if (server.node === node) server.course.cut(now);
  }

  get truths(): Truth[] {
    return this.servers.map(({ id, names, listed, conditions, course }) => ({
      id,
      name: names.at(-1) ?? '',
      isListed: listed.now,
      condition: conditions.now,
      state: course.states.now,
    }));
  }

  #take(one: Happening): void {
    const at = one.at - this.#deps.since;
    if (one.kind === 'unknown-key') this.unknownKeys.push(at);
    else if (one.kind === 'refused') {
      if (one.by === perchUser)
        this.refusals.push({ at, serverId: one.server === null ? null : `${this.id}/${one.server}` });
    } else {
      const course = this.servers.find(({ uuid }) => uuid === one.server)?.course;
      if (one.kind === 'state') course?.became(at, one.state);
      else course?.did(at, one);
    }
  }
}

function serverOf(account: string, { uuid, name, node, status, server_owner: isOwn }: Listed): RealServer {
  return {
    id: `${account}/${uuid}`,
    uuid,
    node,
    isOwn,
    names: [name],
    course: new Course(),
    conditions: new Timeline<Condition>(0, conditionOf(status ?? null)),
    listed: new Timeline(0, true),
    ends: [],
  };
}

/** Node as transcripts name it: every panel has a "Rack 1". */
export function nodeNamed(panel: string, node: string): string {
  return `${node.replaceAll(' ', '-').toLowerCase()}.${panel}.example`;
}

/** Perch's term for a status of the panel. */
function conditionOf(status: string | null): Condition {
  if (status === 'suspended' || status === 'installing') return status;
  if (status === 'install_failed') return 'install-failed';
  return 'normal';
}
