import type { ApiKey, Server, User } from '../data/world.js';
import type { World } from '../records.js';
import type { ActivityLog } from './activity-log.js';
import type { PanelDialect } from './dialect.js';
import type { Input } from './input.js';
import type { NodeGateway } from './node-gateway.js';
import type { Scheduler } from './schedules/scheduler.js';
import type { PanelState } from './state.js';

export interface Reply {
  status: number;
  /** undefined = no body; a string and bytes are sent unchanged, everything else as JSON. */
  body?: unknown;
  /** Content type; JSON by default. */
  type?: string;
}

/** Objects that every route uses. */
export interface RouteContext {
  world: World;
  dialect: PanelDialect;
  gateway: NodeGateway;
  state: PanelState;
  activity: ActivityLog;
  scheduler: Scheduler;
  /** Address of the panel, without a trailing slash. */
  url: () => string;
  now: () => number;
}

/** Request that has passed the gates. `server` is set on server routes. */
export interface Call<S = Server | null> {
  user: User;
  key: ApiKey;
  query: Input;
  /** Fields of body and query together, as in the panel. */
  input: Input;
  /** The raw body. */
  body: Buffer;
  server: S;
  /** Other parts of the address, such as `backup`. */
  params: Readonly<Record<string, string>>;
}

export interface RouteOf<S> {
  /** Permission for the call; null = none, or an unknown one, which only `*` allows. */
  permission?: (input: Input, dialect: PanelDialect) => string | null;
  /** Throws a refusal that depends on the caller. Runs after the permission and before the rules. */
  authorize?: (context: RouteContext, call: Call<S>) => void;
  rules?: (context: RouteContext, call: Call<S>) => Record<string, string | readonly string[]>;
  run(context: RouteContext, call: Call<S>): Reply | Promise<Reply>;
  /** True if allowed without the two-factor authentication that the panel may require. */
  withoutTwoFactor?: boolean;
  /** True if allowed in every state of the server. */
  inEveryState?: boolean;
  /** True for the route with its own limit and error, which root administrators may use during an installation. */
  isWebsocket?: boolean;
  /** True for the route with the limit of restored backups. */
  isRestoration?: boolean;
  /** True for the route with the limit of new schedules. */
  isScheduleCreation?: boolean;
  /** True for the route with the limit of new databases. */
  isDatabaseCreation?: boolean;
  /** True for the route with the limit of added subusers. */
  isSubuserCreation?: boolean;
  /** True for the route with the limit of new e-mail addresses. */
  isEmailChange?: boolean;
  /** True for the route with the limit of new allocations. */
  isAllocationCreation?: boolean;
  /** True for the route with the limit of files that a node fetches. */
  isPull?: boolean;
  /** True for the routes of the plugin that counts players, which have a limit of their own (PROTOCOL 8.5). */
  isPlayerCounter?: boolean;
  /** True if a root administrator may use it despite a conflict, in dialects that allow this (PROTOCOL 8.1.6). */
  isFileRoute?: boolean;
  /** Throws for an address of an object that the server does not have. */
  checkTarget?: (world: World, server: Server, params: Readonly<Record<string, string>>) => void;
}

export type AccountRoute = RouteOf<null> & { server: false };
export type ServerRoute = RouteOf<Server> & { server: true };
type Verb = 'GET' | 'POST' | 'PUT' | 'DELETE';

/** Routes by address and method. */
export type Routes = Readonly<Record<string, Partial<Record<Verb, AccountRoute | ServerRoute>>>>;

export const onAccount = (route: RouteOf<null>): AccountRoute => ({ ...route, server: false });
export const onServer = (route: RouteOf<Server>): ServerRoute => ({ ...route, server: true });
export const needs = (permission: string) => (): string => permission;

export const ok = (body: unknown): Reply => ({ status: 200, body });
export const noContent: Reply = { status: 204 };
