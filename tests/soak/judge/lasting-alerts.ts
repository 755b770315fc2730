/** Alerts of lasting states: outages of panels and nodes, refused keys, starts that do not finish, full disks. */
import type { AlertKind } from '../../../bridge/alerts/alert-kinds.js';
import {
  wakingBefore,
  type ServerRecord,
  type ShownAlert,
  type Transcript,
  type Trouble,
  type Violation,
} from '../transcript.js';
import { isDisturbed, isLiveThrough, isNormalThrough } from './surroundings.js';

type Found = Omit<Violation, 'rule'>;

/** Time after which a lasting state gets its alert, and the largest delay of that alert. */
interface Lasting {
  readonly heldMs: number;
  readonly lateMs: number;
}

interface Outage extends Lasting {
  readonly says: string;
  /** Troubles that certainly cause this state. */
  readonly troubles: readonly string[];
  /** Whether a trouble may be the cause of the alert. */
  isCause(trouble: Trouble): boolean;
}

/** Perch may believe in a trouble for this long after its end, because its polls get rarer. */
const believedMs = 120_000;
/** Tolerance for sleep where waking time is measured. */
const slackMs = 15_000;
/** Troubles that are no outage of a panel: a requested pause, or a locked keyring. */
const noOutage = ['panel answers 429', 'limit used up', 'consoles used up', 'keyring locked', 'clock set'];

const outages: readonly Outage[] = [
  {
    says: 'events.panel-unreachable',
    heldMs: 180_000,
    lateMs: 75_000,
    troubles: ['panel is away'],
    isCause: ({ kind }) => !noOutage.includes(kind),
  },
  {
    says: 'events.key-refused',
    heldMs: 15_000,
    lateMs: 75_000,
    troubles: ['key is refused'],
    isCause: ({ kind }) => kind === 'key is refused' || kind === 'panel answers 401',
  },
  {
    says: 'events.certificate',
    heldMs: 120_000,
    lateMs: 75_000,
    troubles: ['certificate is another'],
    isCause: ({ kind }) => kind === 'certificate is another' || kind === 'wrong certificate',
  },
  {
    says: 'events.node-unreachable',
    heldMs: 60_000,
    lateMs: 30_000,
    troubles: ['node is away'],
    isCause: ({ kind }) => !noOutage.includes(kind),
  },
];

/** Each lasting outage gets exactly one alert, and each alert has an outage. */
export function outagesAreTrue(transcript: Transcript): Found[] {
  return outages.flatMap((outage) => [
    ...newsOf(transcript, outage.says).flatMap((alert) => falseOutage(alert, outage, transcript)),
    ...transcript.troubles.flatMap((trouble) => untoldOutage(trouble, outage, transcript)),
  ]);
}

function falseOutage(alert: ShownAlert, outage: Outage, transcript: Transcript): Found[] {
  const from = wakingBefore(transcript, alert.at, outage.heldMs - Math.min(slackMs, outage.heldMs / 3));
  const causes = transcript.troubles.filter(
    (trouble) => outage.isCause(trouble) && isAt(trouble, alert) && trouble.from <= alert.at,
  );
  // Troubles explain the outage only if they leave no gap: each begins before the effect of an earlier one is over.
  let explainedUntil = from;
  for (const { from: begins, to } of causes.sort((a, b) => a.from - b.from)) {
    const believed = awakeAfter(transcript, to, believedMs);
    if (begins <= explainedUntil + 1000) explainedUntil = Math.max(explainedUntil, believed);
  }
  if (explainedUntil >= alert.at) return [];
  return [{ at: alert.at, about: alert.node ?? alert.panel, what: `no such outage (${alert.says})` }];
}

function untoldOutage(trouble: Trouble, outage: Outage, transcript: Transcript): Found[] {
  const { from, to, kind, where } = trouble;
  const until = from + outage.heldMs + outage.lateMs;
  if (!outage.troubles.includes(kind) || where === null || to < until) return [];
  if (!isAlone(trouble, until, transcript) || !isWatched(where, from, transcript)) return [];
  const told = newsOf(transcript, outage.says).filter(
    (alert) => (alert.node ?? alert.panel) === where && alert.at >= from && alert.at <= to,
  );
  const [first, second] = told;
  if (first === undefined || first.at > until) {
    return [{ at: until, about: where, what: `an outage that nobody was told of (${kind})` }];
  }
  // A new run reports an outage again.
  const isOfNewRun = transcript.restarts.some(
    (restart) => restart.to >= first.at && restart.to <= (second?.at ?? 0),
  );
  return second === undefined || isOfNewRun
    ? []
    : [{ at: second.at, about: where, what: `told twice (${kind})` }];
}

/** Whether no other trouble, sleep or restart falls between shortly before the trouble and `until`. */
function isAlone(trouble: Trouble, until: number, { troubles, sleeps, restarts }: Transcript): boolean {
  const from = trouble.from - believedMs;
  const touches = (one: { from: number; to: number }): boolean => one.from <= until && one.to >= from;
  if (sleeps.some(touches) || restarts.some(touches)) return false;
  return troubles.every((one) => one === trouble || !touches(one) || !isNear(one.where, trouble.where));
}

/** Whether both places are the same, or a node and its panel. */
function isNear(one: string | null, other: string | null): boolean {
  if (one === null || other === null || one === other) return true;
  return other.includes(`-${one}.`) || one.includes(`-${other}.`);
}

/** Whether Perch had seen servers there before. */
function isWatched(where: string, at: number, { servers }: Transcript): boolean {
  return [...servers.values()].some(
    (server) =>
      (server.panel === where || server.node === where) &&
      server.shown.findLast((shown) => shown.at <= at - 2000)?.link === 'live' &&
      server.conditions.at(at) === 'normal',
  );
}

function isAt({ where }: Trouble, { panel, node }: ShownAlert): boolean {
  return where === null || where === (node ?? panel) || (node !== null && where === panel);
}

interface OfServer extends Lasting {
  readonly kind: AlertKind;
  readonly name: string;
  /** True periods of this state. */
  spans(server: ServerRecord): readonly Span[];
}

interface Span {
  readonly from: number;
  readonly to: number;
}

/** A state last seen this long ago may get its alert after sleep, when the socket reports it. */
const seenMs = 60_000;

/** `slowStartMs` = how long a start may take before its alert. */
export function lastingsAreTrue(slowStartMs: number): (transcript: Transcript) => Found[] {
  const kinds: readonly OfServer[] = [
    {
      kind: 'slow-start',
      name: 'slow start',
      heldMs: slowStartMs,
      lateMs: 6000,
      spans: ({ states }) => spansOf(states.spans, (state) => state === 'starting'),
    },
    {
      kind: 'disk',
      name: 'full disk',
      heldMs: 30_000,
      lateMs: 12_000,
      spans: ({ fullDisk }) => spansOf(fullDisk.spans, (isFull) => isFull),
    },
  ];
  return (transcript) =>
    kinds.flatMap((kind) =>
      [...transcript.servers.values()].flatMap((server) => lastingOf(kind, server, transcript)),
    );
}

function lastingOf(of: OfServer, server: ServerRecord, transcript: Transcript): Found[] {
  const told = transcript.shownAlerts.filter(
    ({ kind, phase, serverIds }) => kind === of.kind && phase === 'news' && serverIds.includes(server.id),
  );
  const spans = of.spans(server);
  const left = new Set(spans);
  const wrong = told.flatMap(({ at }) => {
    const causes = spans.filter(
      ({ from, to }) =>
        from <= wakingBefore(transcript, at, 0) - of.heldMs + 6000 &&
        to >= wakingBefore(transcript, at, seenMs),
    );
    const cause = causes.find((span) => left.delete(span));
    if (cause !== undefined) return [];
    const what = causes.length === 0 ? `no ${of.name}` : `a ${of.name} told twice`;
    return [{ at, about: server.id, what }];
  });
  const untold = spans
    .filter((span) => left.has(span) && mustBeTold(span, of, server, transcript))
    .map(({ from }) => ({ at: from + of.heldMs, about: server.id, what: `a ${of.name} that was not told` }));
  return [...wrong, ...untold];
}

function mustBeTold(
  { from, to }: Span,
  { heldMs, lateMs, kind }: OfServer,
  server: ServerRecord,
  transcript: Transcript,
): boolean {
  const until = from + heldMs + lateMs;
  if (to < until || !isLiveThrough(server, from, until) || !isNormalThrough(server, from, until))
    return false;
  if (isDisturbed(from, until, server, transcript)) return false;
  // A server that is offline has no figures.
  return kind !== 'disk' || isRunningThrough(server, from, until);
}

function isRunningThrough({ states }: ServerRecord, from: number, to: number): boolean {
  return states.at(from) === 'running' && states.spans.every(({ at }) => at <= from || at > to);
}

/** Each end notice follows the alert of its state, and appears once. */
export function endsAreTrue({ shownAlerts }: Transcript): Found[] {
  const open = new Map<string, ShownAlert>();
  return shownAlerts.flatMap((alert) => {
    const { id, phase, at, says, serverIds, panel, node } = alert;
    if (phase === 'news') open.set(id, alert);
    else if (!open.delete(id)) {
      return [{ at, about: node ?? serverIds[0] ?? panel, what: `over, and was not told before (${says})` }];
    }
    return [];
  });
}

/** An alert of an outage is followed by its end notice, or by the alert of another outage that replaced it. */
export function outagesEnd({ shownAlerts, restarts, ms }: Transcript): Found[] {
  const isOutage = ({ says }: ShownAlert): boolean => outages.some((outage) => outage.says === says);
  return (
    shownAlerts
      .filter((alert) => alert.phase === 'news' && isOutage(alert))
      // Outages reported by an earlier run get no end notice.
      .filter(({ at }) => restarts.every(({ from }) => from < at))
      .filter(({ panel, node, at }) => {
        const isSame = (one: ShownAlert): boolean =>
          one.panel === panel && one.node === node && isOfPanel(one);
        return !shownAlerts.some((later) => later.at >= at && later.phase === 'over' && isSame(later));
      })
      .map(({ panel, node, says }) => ({
        at: ms,
        about: node ?? panel,
        what: `not told to be over (${says})`,
      }))
  );
}

function isOfPanel({ kind }: ShownAlert): boolean {
  return kind === 'outage' || kind === 'access';
}

function newsOf({ shownAlerts }: Transcript, says: string): ShownAlert[] {
  return shownAlerts.filter((alert) => alert.says === says && alert.phase === 'news');
}

function spansOf<T>(
  spans: readonly { readonly at: number; readonly value: T }[],
  isIt: (value: T) => boolean,
): Span[] {
  return spans.flatMap(({ at, value }, index) =>
    isIt(value) ? [{ from: at, to: spans[index + 1]?.at ?? Infinity }] : [],
  );
}

/** True time that is `ms` of waking time after another true time. */
function awakeAfter({ sleeps }: Pick<Transcript, 'sleeps'>, at: number, ms: number): number {
  let to = at + ms;
  for (const sleep of sleeps) {
    if (sleep.to > at && sleep.from < to) to += sleep.to - Math.max(at, sleep.from);
  }
  return to;
}
