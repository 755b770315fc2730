import type { ApiKey, Server, User } from '../data/world.js';
import type { World } from '../store.js';
import type { ActivityLog } from './activity-log.js';
import type { PanelDialect } from './dialect.js';
import type { Input } from './input.js';
import type { NodeGateway } from './node-gateway.js';
import type { PanelState } from './state.js';

export interface Reply {
  status: number;
  /** Undefined = no body at all; a string is sent as it is; all else as JSON. */
  body?: unknown;
}

/** What every route works with. */
export interface RouteContext {
  world: World;
  dialect: PanelDialect;
  gateway: NodeGateway;
  state: PanelState;
  activity: ActivityLog;
  /** The panel's own address, without a slash at the end. */
  url: () => string;
}

/** One request that has passed the gates. `server` is there on server routes. */
export interface Call<S = Server | null> {
  user: User;
  key: ApiKey;
  query: Input;
  /** What the body says, and what the address does: the panel makes no difference. */
  input: Input;
  /** The body as it came. */
  body: string;
  server: S;
}

export interface RouteOf<S> {
  /** Which permission the call needs; null = none, or one that does not exist, which only `*` has. */
  permission?: (input: Input, dialect: PanelDialect) => string | null;
  rules?: (context: RouteContext, call: Call<S>) => Record<string, string | readonly string[]>;
  run(context: RouteContext, call: Call<S>): Reply | Promise<Reply>;
  /** Also without the two-factor authentication that the panel may demand. */
  withoutTwoFactor?: boolean;
  /** Answers in every state of the server. */
  inEveryState?: boolean;
  /** Has its own limit, its own refusal, and lets root admins in during an installation. */
  isWebsocket?: boolean;
}

export type AccountRoute = RouteOf<null> & { server: false };
export type ServerRoute = RouteOf<Server> & { server: true };
export type Verb = 'GET' | 'POST' | 'PUT';

export const ok = (body: unknown): Reply => ({ status: 200, body });
export const noContent: Reply = { status: 204 };
