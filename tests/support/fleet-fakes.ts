import type { Backup } from '../../bridge/schema/backups.js';
import type { PowerSignal, Server } from '../../bridge/schema/domain.js';
import type { PermissionGroup } from '../../bridge/schema/permission-groups.js';
import type { Startup, StartupVariable } from '../../bridge/schema/startup.js';
import { PerchError, type Problem } from '../../bridge/errors.js';
import { Fleet } from '../../main/fleet/fleet.js';
import type { TicketPanel } from '../../main/fleet/server/session-slot.js';
import { FleetStore } from '../../main/fleet/store.js';
import type {
  ChangedVariable,
  PanelApi,
  PanelActivity,
  PanelResources,
  PanelServer,
  PanelUser,
} from '../../main/panel/api.js';
import type { AccountRecord, CommandHistoryStore } from '../../main/base/ports.js';
import type { LiveSession, TellSessionEvent } from '../../main/wings/api.js';
import { aProblem } from './a-problem.js';
import { FakeBackups } from './fake-backups.js';
import { FakeClock } from './fake-clock.js';
import { FakeNetworkCalls } from './fake-network-calls.js';
import { FakeLog } from './fake-log.js';
import { someSignals } from './sent-signals.js';

export function aRecord(fields: Partial<AccountRecord> = {}): AccountRecord {
  return {
    id: 'home',
    label: 'panel.example.com',
    panelUrl: 'https://panel.example.com',
    username: 'olive',
    keyStorage: 'keychain',
    isDemo: false,
    trusted: null,
    trustedNodes: [],
    ...fields,
  };
}

export function aPanelServer(uuid: string, fields: Partial<PanelServer> = {}): PanelServer {
  return {
    uuid,
    identifier: uuid,
    name: `Server ${uuid}`,
    description: '',
    node: 'Node 1',
    isOwner: true,
    condition: 'normal',
    limits: { memoryBytes: null, diskBytes: null, cpuPercent: null },
    allocations: [],
    sftp: null,
    dockerImage: 'image',
    naming: { nameMax: 191, descriptionMax: null, description: 'with-name' },
    game: null,
    isEggNamed: false,
    features: [],
    internalId: null,
    permissions: null,
    ...fields,
  };
}

export function someResources(fields: Partial<PanelResources> = {}, uptimeMs = 0): PanelResources {
  const figures = { cpuPercent: 1, memoryBytes: 2, diskBytes: 3, networkRxBytes: 4, networkTxBytes: 5 };
  return {
    power: 'running',
    isSuspended: false,
    usage: { at: 1, memoryLimitBytes: null, uptimeMs, ...figures },
    ...fields,
  };
}

export function aVariable(envVariable: string, serverValue: string): StartupVariable {
  const texts = { name: envVariable, description: '', defaultValue: '', rules: 'nullable|string' };
  return { ...texts, envVariable, serverValue, isEditable: true };
}

/** In-memory command histories. */
export class FakeHistories implements CommandHistoryStore {
  readonly commands = new Map<string, string[]>();

  async of(serverId: string): Promise<readonly string[]> {
    return this.commands.get(serverId) ?? [];
  }

  add(serverId: string, command: string): void {
    this.commands.set(serverId, [...(this.commands.get(serverId) ?? []), command]);
  }

  async forget(serverId: string): Promise<void> {
    this.commands.delete(serverId);
  }

  async forgetCommand(serverId: string, command: string): Promise<void> {
    const commands = this.commands.get(serverId) ?? [];
    this.commands.set(
      serverId,
      commands.filter((one) => one !== command),
    );
  }

  async forgetAccount(accountId: string): Promise<void> {
    for (const id of this.commands.keys()) if (id.startsWith(`${accountId}/`)) this.commands.delete(id);
  }
}

/** Panel that answers from its fields or with the set problem, and records calls. */
export class FakePanel extends FakeNetworkCalls implements PanelApi {
  readonly origin = 'https://panel.example.com';
  readonly asked: string[] = [];
  user: PanelUser = { username: 'olive', email: 'olive@example.com', isAdmin: false };
  list: PanelServer[] = [];
  /** List that an administrator gets for all servers. */
  listOfAll: PanelServer[] = [];
  resourcesOf = new Map<string, PanelResources>();
  /** Name of a call, or name and identifier -> problem to reject with. */
  readonly problems = new Map<string, Problem>();
  limit: number | null = null;
  /** Token limit of one server per minute; null = no limit. */
  tokens: number | null = null;
  unread = 0;
  strange = 0;
  /** Time until which other clients use up the limit. */
  rests: number | null = null;
  activityOfAll: PanelActivity[] = [];
  startupOfAll: Startup = { variables: [], command: './run', template: './run', images: [] };
  /** Startup commands returned with a changed variable. */
  commands: ChangedVariable['commands'] = null;
  /** Wall-clock time of the panel. */
  now = (): number => 0;
  readonly kept = new FakeBackups(() => this.now());
  isClosed = false;
  #heard = (): void => undefined;
  #refused = (): void => undefined;

  unreadServers(): number {
    return this.unread;
  }

  strangeServers(): number {
    return this.strange;
  }

  rateLimit(): number | null {
    return this.limit;
  }

  callsLeft(): number | null {
    return this.limit;
  }

  clockAhead(): number | null {
    return null;
  }

  tokenLimit(): number | null {
    return this.tokens;
  }

  restUntil(): number | null {
    return this.rests;
  }

  count(call: string): number {
    return this.asked.filter((asked) => asked === call || asked.startsWith(`${call} `)).length;
  }

  liftPause(): void {
    this.asked.push('lift pause');
  }

  onAnswer(heard: () => void): void {
    this.#heard = heard;
  }

  onRefused(heard: () => void): void {
    this.#refused = heard;
  }

  async account(): Promise<PanelUser> {
    return this.#answer('account', () => this.user);
  }

  async servers({ scope }: { scope?: 'mine' | 'admin-all' } = {}): Promise<PanelServer[]> {
    if (scope === 'admin-all') return this.#answer('servers of all', () => this.listOfAll);
    return this.#answer('servers', () => this.list);
  }

  async server(identifier: string): Promise<PanelServer> {
    return this.#answer(`server ${identifier}`, () => this.#find(identifier));
  }

  async resources(identifier: string): Promise<PanelResources> {
    return this.#answer(`resources ${identifier}`, () => this.resourcesOf.get(identifier) ?? someResources());
  }

  async activity(identifier: string): Promise<PanelActivity[]> {
    return this.#answer(`activity ${identifier}`, () => this.activityOfAll);
  }

  async power(identifier: string, signal: PowerSignal): Promise<void> {
    return this.#answer(`power ${identifier} ${signal}`, () => undefined);
  }

  async command(identifier: string, command: string): Promise<void> {
    return this.#answer(`command ${identifier} ${command}`, () => undefined);
  }

  async rename(
    identifier: string,
    { name, description }: { name: string; description?: string },
  ): Promise<void> {
    return this.#answer(`rename ${identifier} ${JSON.stringify({ name, description })}`, () => undefined);
  }

  async describe(identifier: string, description: string): Promise<void> {
    return this.#answer(`describe ${identifier} ${description}`, () => undefined);
  }

  async reinstall(identifier: string): Promise<void> {
    return this.#answer(`reinstall ${identifier}`, () => undefined);
  }

  async setDockerImage(identifier: string, image: string): Promise<void> {
    return this.#answer(`setDockerImage ${identifier} ${image}`, () => undefined);
  }

  async startup(identifier: string): Promise<Startup> {
    return this.#answer(`startup ${identifier}`, () => this.startupOfAll);
  }

  async setVariable(identifier: string, key: string, value: string): Promise<ChangedVariable> {
    return this.#answer(`setVariable ${identifier} ${key}=${value}`, () => ({
      variable: aVariable(key, value),
      commands: this.commands,
    }));
  }

  async backups(identifier: string): ReturnType<PanelApi['backups']> {
    return this.#answer(`backups ${identifier}`, () => this.kept.all());
  }

  async backupPage(identifier: string, page: number): ReturnType<PanelApi['backupPage']> {
    return this.#answer(`backupPage ${identifier} ${page}`, () => this.kept.page(page));
  }

  async backup(identifier: string, id: string): Promise<Backup> {
    return this.#answer(`backup ${identifier} ${id}`, () => this.kept.find(id));
  }

  async createBackup(identifier: string, wanted: Parameters<PanelApi['createBackup']>[1]): Promise<Backup> {
    return this.#answer(`createBackup ${identifier} ${wanted.name}`, () => this.kept.create(wanted));
  }

  async toggleBackupLock(identifier: string, id: string): Promise<Backup> {
    return this.#answer(`toggleBackupLock ${identifier} ${id}`, () =>
      this.kept.change(id, { locked: !this.kept.find(id).locked }),
    );
  }

  async renameBackup(identifier: string, id: string, name: string): Promise<Backup> {
    return this.#answer(`renameBackup ${identifier} ${id} ${name}`, () => this.kept.change(id, { name }));
  }

  async deleteBackup(identifier: string, id: string): Promise<void> {
    return this.#answer(`deleteBackup ${identifier} ${id}`, () => this.kept.remove(id));
  }

  async restoreBackup(identifier: string, id: string, truncate: boolean): Promise<void> {
    return this.#answer(`restoreBackup ${identifier} ${id} ${String(truncate)}`, () => undefined);
  }

  async backupLink(identifier: string, id: string): Promise<string> {
    return this.#answer(`backupLink ${identifier} ${id}`, () => `https://node.example.com/${id}`);
  }

  async playerCount(identifier: string): ReturnType<PanelApi['playerCount']> {
    return this.#answer(`playerCount ${identifier}`, () => ({ kind: 'refused', why: 'absent' }));
  }

  async playerNames(identifier: string): ReturnType<PanelApi['playerNames']> {
    return this.#answer(`playerNames ${identifier}`, () => ({ kind: 'refused', why: 'absent' }));
  }

  async permissions(): Promise<PermissionGroup[]> {
    return this.#answer('permissions', () => []);
  }

  socketTicket: PanelApi['socketTicket'] = () => Promise.reject(new Error('Sessions are fakes here too.'));

  async close(): Promise<void> {
    this.isClosed = true;
  }

  #find(identifier: string): PanelServer {
    const server = this.list.find((item) => item.identifier === identifier);
    if (server === undefined) throw new PerchError(aProblem('not-found'));
    return server;
  }

  protected answered<T>(call: string, answer: () => T): Promise<T> {
    return this.#answer(call, answer);
  }

  async #answer<T>(call: string, answer: () => T): Promise<T> {
    this.asked.push(call);
    await Promise.resolve();
    const problem = this.problems.get(call) ?? this.problems.get(call.split(' ')[0] ?? call);
    if (problem?.code === 'unauthorized') this.#refused();
    if (problem !== undefined) throw new PerchError(problem);
    const answered = answer();
    this.#heard();
    return answered;
  }
}

/** Console session whose events the test triggers. */
export class FakeSession implements LiveSession {
  readonly server: Server;
  readonly tell: TellSessionEvent;
  readonly panel: TicketPanel;
  readonly sent: string[] = [];
  isStarted = false;
  isPaused = false;
  suspected = 0;
  hurried = 0;
  starts = 0;
  /** Commands without proof that the node read them. */
  unread: string[] = [];
  /** Whether the session accepts commands and signals. */
  accepts = true;

  constructor(server: Server, tell: TellSessionEvent, panel: TicketPanel) {
    this.server = server;
    this.tell = tell;
    this.panel = panel;
  }

  start(): void {
    this.isStarted = true;
    this.starts += 1;
  }

  stop(): void {
    this.isStarted = false;
  }

  sendPower(signal: PowerSignal): boolean {
    if (this.accepts) this.sent.push(signal);
    return this.accepts;
  }

  sendCommand(command: string): boolean {
    if (this.accepts) this.sent.push(command);
    return this.accepts;
  }

  isUnread(command: string): boolean {
    return this.unread.includes(command);
  }

  setPaused(paused: boolean): void {
    this.isPaused = paused;
  }

  suspect(): void {
    this.suspected += 1;
  }

  hurry(): void {
    this.hurried += 1;
  }
}

/** Fleet with one panel and a fake clock; keeps each opened session by server UUID. */
export function aFleet(panel = new FakePanel()) {
  const clock = new FakeClock();
  panel.now = () => clock.wall();
  const store = new FleetStore();
  const opened: FakeSession[] = [];
  const sent = someSignals(clock, store);
  const fleet = new Fleet({
    store,
    clock,
    random: () => 0.5,
    log: new FakeLog(),
    sent,
    connectPanel: () => panel,
    openSession: (tickets, server, tell) => {
      const session = new FakeSession(server, tell, tickets);
      opened.push(session);
      return session;
    },
  });
  return {
    clock,
    store,
    sent,
    panel,
    fleet,
    opened,
    /** Newest session of a server. */
    session(uuid: string): FakeSession {
      const session = opened.filter((it) => it.server.uuid === uuid).at(-1);
      if (session === undefined) throw new Error(`No session was opened for ${uuid}.`);
      return session;
    },
    server(uuid: string): Server {
      const server = store.state.servers.get(`home/${uuid}`);
      if (server === undefined) throw new Error(`There is no server ${uuid}.`);
      return server;
    },
    /** Lets no server be live except those with an open console. */
    pollOnly: () => fleet.interests.setPreferences({ pinned: [], liveLimit: 0 }),
    /** Starts the fleet, waits for the list, and makes every session live with the given state. */
    async live(power: 'running' | 'offline' = 'running'): Promise<void> {
      fleet.start([aRecord()]);
      await clock.advance(150 * (panel.list.length + 1));
      for (const session of opened) {
        session.tell({ kind: 'link', link: { kind: 'live' } });
        session.tell({ kind: 'power', power });
      }
      await clock.advance(0);
    },
  };
}
