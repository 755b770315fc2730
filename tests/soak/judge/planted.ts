/** Transcripts with planted faults for tests of the judge. Times are in seconds. */
import type { AlertKind } from '../../../bridge/alerts/alert-kinds.js';
import type { PowerState } from '../../../bridge/schema/domain.js';
import type { RunEnd } from '../model/game-process.js';
import { Timeline } from '../timeline.js';
import type {
  Click,
  OwnRefusal,
  PlayersRecord,
  ServerAlert,
  ServerRecord,
  Shown,
  ShownAlert,
  ShownCount,
  Transcript,
  Trouble,
} from '../transcript.js';
import { judge } from './rules.js';

export const second = 1000;
export const id = 'panel/a';

export function shown(at: number, power: PowerState, fields: Partial<Shown> = {}): Shown {
  const mark = power === 'starting' || power === 'stopping' ? 'busy' : power;
  return { at: at * second, power, mark, link: 'live', condition: 'normal', hasEnded: false, ...fields };
}

export function crash(at: number, fields: Partial<RunEnd> = {}): RunEnd {
  return { at: at * second, kind: 'crash', by: null, from: 'running', hasLines: true, ...fields };
}

export function alert(at: number, says = 'events.crashed'): ServerAlert {
  return { at: at * second, serverId: id, says };
}

/** A shown notification. About the server unless `fields` say otherwise. */
export function notice(at: number, kind: AlertKind, fields: Partial<ShownAlert> = {}): ShownAlert {
  const says = `events.${kind}`;
  const about = { panel: 'panel', serverIds: [id], node: null };
  return { at: at * second, id: `${kind}-1`, kind, phase: 'news', says, ...about, ...fields };
}

export function trouble(from: number, to: number, kind: string, where = 'panel'): Trouble {
  return { from: from * second, to: to * second, kind, where };
}

export function click(what: Click['what'], fields: Partial<Click> = {}): Click {
  const open = { failedAt: null, said: [], doneAt: [] };
  return { id: 0, at: 5 * second, serverId: id, what, power: 'running', isBulk: false, ...open, ...fields };
}

export function refusal(at: number, serverId: string | null): OwnRefusal {
  const scope = serverId === null ? 'panel' : 'websocket';
  return { at: at * second, panel: 'panel', scope, serverId };
}

export interface PlantedHistory {
  /** Second -> state from then on. */
  truth?: [number, PowerState][];
  /** From and to second of a nearly full disk. */
  full?: [number, number];
  shown?: Shown[];
  ends?: RunEnd[];
  rest?: Partial<Transcript>;
}

/** Quiet history of one server that runs all the time, apart from `course`. */
export function transcript(course: PlantedHistory = {}): Transcript {
  const { truth = [], full, shown: rows = [shown(1, 'running')], ends = [], rest = {} } = course;
  const states = new Timeline<PowerState>(0, 'running');
  for (const [at, state] of truth) states.set(at * second, state);
  const fullDisk = new Timeline(0, false);
  if (full !== undefined) {
    fullDisk.set(full[0] * second, true);
    fullDisk.set(full[1] * second, false);
  }
  const record: ServerRecord = {
    id,
    panel: 'panel',
    node: 'node',
    states,
    conditions: new Timeline(0, 'normal'),
    listed: new Timeline(0, true),
    fullDisk,
    ends,
    shown: rows,
  };
  return {
    seed: 1,
    ms: 600 * second,
    servers: new Map([[id, record]]),
    alerts: [],
    shownAlerts: [],
    clicks: [],
    troubles: [],
    sleeps: [],
    restarts: [],
    ownRefusals: [],
    players: aGame(),
    asks: [],
    strayKeys: [],
    unsettled: [],
    leftovers: { timers: 0, sockets: 0, clients: 0, listeners: 0 },
    uncaught: [],
    events: [],
    ...rest,
  };
}

/** Players of the server by second, and whether its game is blocked. The rest says what Perch asked and said. */
export function aGame(
  course: { players?: [number, number][]; blocked?: [number, boolean][] } = {},
  said: Partial<Omit<PlayersRecord, 'games' | 'counts'>> & { counts?: readonly ShownCount[] } = {},
): PlayersRecord {
  const players = new Timeline(0, 0);
  for (const [at, count] of course.players ?? []) players.set(at * second, count);
  const blocked = new Timeline(0, false);
  for (const [at, isBlocked] of course.blocked ?? []) blocked.set(at * second, isBlocked);
  const { counts = [], questions = [], entries = [], emptySignals = [] } = said;
  return {
    games: new Map([[id, { players, blocked }]]),
    counts: new Map([[id, counts]]),
    questions,
    entries,
    emptySignals,
  };
}

/** A row that shows this number, reported `age` seconds before. */
export function counted(
  at: number,
  count: number | null,
  age = 0,
  power: PowerState = 'running',
): ShownCount {
  return { at: at * second, count, seenAt: (at - age) * second, power };
}

/** Names of the rules that a course violates. */
export function broken(course: PlantedHistory): string[] {
  return [...new Set(judge(transcript(course)).map(({ rule }) => rule))];
}
