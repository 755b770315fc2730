import type { Fault } from '../../sandbox/panel/node-gateway.js';
import type { PanelState } from '../../sandbox/panel/state.js';

/** Set-up of a recorded panel, as far as its answers do not show it (the READMEs of the recordings). */
export interface RecordedSetup {
  folder: string;
  dialect: string;
  /** Faults of the stubs that replace nodes, by server. */
  faults: Readonly<Record<string, Fault>>;
  /** States of the panel, by their name in the recordings. */
  states: Readonly<Record<string, Partial<PanelState>>>;
  /** Base address of a node's sockets. */
  socketBase(node: number): string;
  /** Requests before a case that were not recorded: another case, repeated `times` times. */
  before: Readonly<Record<string, { again: string; times: number }>>;
  /** True if the panel keeps a variable's rules as a list and shows them joined. */
  keepsRulesApart: boolean;
  /** Cases that the sandbox does not play, with the reason. */
  leftOut: Readonly<Record<string, string>>;
  /** Minimum number of cases that the sandbox plays. */
  least: number;
}

const faults: RecordedSetup['faults'] = {
  wings500: { kind: 'refuse', status: 500, message: '' },
  wings404: {
    kind: 'refuse',
    status: 404,
    message: 'The requested resource does not exist on this instance.',
  },
  wings409: {
    kind: 'refuse',
    status: 409,
    message: 'Cannot execute server reinstall event while another power action is running.',
  },
  badtoken: { kind: 'refuse', status: 403, message: 'You are not authorized to access this endpoint.' },
  wingshang: { kind: 'hang' },
  wingsreset: { kind: 'reset' },
  wingsgarbage: { kind: 'garbage' },
  proxy502: { kind: 'refuse', status: 502, message: '', fromProxy: true },
  proxy521: { kind: 'refuse', status: 521, message: '', fromProxy: true },
};

const states: RecordedSetup['states'] = {
  'redis unreachable': { cacheDown: true },
  'database unreachable': { databaseDown: true },
  'APP_DEBUG=true': { debug: true },
  'maintenance mode': { maintenance: {} },
  'maintenance mode with retry': { maintenance: { retryAfter: 60, refresh: 15 } },
  'two-factor required for all': { twoFactorRequired: true },
};

const applicationApi = {
  'auth-client-key-on-application-api': 'the application API is no part of the sandbox',
};

export const recordedSetups: readonly RecordedSetup[] = [
  {
    folder: 'panel-1.11.7',
    dialect: 'panel-1.11',
    faults,
    states,
    socketBase: (node) => (node === 2 ? 'wss://node2.example.com:8080' : `ws://127.0.0.1:${8090 + node}`),
    before: {},
    keepsRulesApart: false,
    leftOut: applicationApi,
    least: 250,
  },
  {
    folder: 'pelican-2026-08',
    dialect: 'pelican',
    faults: {
      ...faults,
      noua: { kind: 'refuse', status: 500, message: '', fromProxy: true },
    },
    states: {
      ...states,
      'APP_2FA_REQUIRED=2 (two-factor required for all)': { twoFactorRequired: true },
      'PANEL_EDITABLE_SERVER_DESCRIPTIONS=false': { descriptionsLocked: true },
    },
    socketBase: (node) => (node === 2 ? 'wss://node2.example.com:8080' : `ws://127.0.0.1:${8189 + node}`),
    before: {
      'websocket-limit-other-server': { again: 'websocket-limit-5-of-6', times: 1 },
      'rate-limit-4-of-5': { again: 'rate-limit-1-of-5', times: 2 },
    },
    keepsRulesApart: true,
    leftOut: { ...applicationApi, up: 'the health page is no part of the client API' },
    least: 390,
  },
];
