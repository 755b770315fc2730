/** Calls about the user's rules. */
import { judge } from '../../bridge/rules/judge.js';
import { newProblem, PerchError } from '../../bridge/errors.js';
import type { RunRecord } from '../../bridge/schema/rule-runs.js';
import type { Rule } from '../../bridge/schema/rules.js';
import { sentence } from '../../messages/messages.js';
import type { CallTable } from '../base/calls.js';
import type { RunTraces } from '../base/past.js';
import type { FleetStore } from '../fleet/store.js';
import { isCron } from './cron-times.js';
import type { RuleBook } from './rule-book.js';
import type { RuleDriver } from './rule-driver.js';
import { serversOfRule, type Groups } from './rule-index.js';
import { dryRun } from './rule-lanes.js';
import type { RunMoment } from './run-state.js';

export interface RuleCallsDeps {
  readonly store: Pick<FleetStore, 'state'>;
  readonly settings: { readonly current: Groups };
  readonly book: RuleBook;
  readonly driver: Pick<RuleDriver, 'take' | 'forgetMissed'>;
  readonly traces: Pick<RunTraces, 'put' | 'page'>;
  moment(): RunMoment;
  /** Resolves when the state of these servers is current, or can't be read soon. Never rejects. */
  refresh(serverIds: readonly string[]): Promise<void>;
  readonly newId: () => string;
}

export function ruleCalls(deps: RuleCallsDeps) {
  const { book, driver, traces, moment, refresh, newId } = deps;
  return {
    'rules.save': (wanted) => {
      demandCron(wanted.rule, moment().wall);
      return book.save(wanted);
    },
    'rules.setOn': ({ id, isOn }) => book.setOn(id, isOn),
    'rules.remove': ({ id }) => book.remove(id),
    'rules.run': async ({ id, serverIds, isDry }) => {
      const rule = book.find(id);
      if (!isDry) demandActing(rule);
      const servers = chosen(deps, rule, serverIds);
      await refresh(servers);
      const key = `by-hand:${newId()}`;
      const cause = { key, kind: 'by-hand', at: moment().wall, value: null } as const;
      if (!isDry) {
        demandSame(rule, book.find(id));
        driver.take(id, { kind: 'cause', cause, servers });
        return { records: [] };
      }
      const records: RunRecord[] = servers.map((serverId) => dryRun({ rule }, serverId, cause, moment()));
      for (const record of records) void traces.put(record);
      return { records };
    },
    'rules.stopRun': ({ id, serverIds }) =>
      driver.take(book.find(id).id, { kind: 'stop', servers: serverIds, why: 'stopped' }),
    'rules.judge': async ({ condition, serverId }) => {
      const { verdict, seen } = judge(condition, moment(), serverId);
      return { verdict, seen: [...seen] };
    },
    'rules.records': async (query) => {
      const { records, isEnd } = await traces.page(query);
      return { records: [...records], isEnd };
    },
    'rules.forgetMissed': ({ id }) => driver.forgetMissed(book.find(id).id),
  } satisfies CallTable;
}

/** Throws `invalid` for a text that is no cron, or that never comes. */
function demandCron({ trigger }: Rule, now: number): void {
  if (trigger.kind === 'cron' && !isCron(trigger.cron, now))
    throw new PerchError(newProblem('invalid', sentence('own-rules.no-cron')));
}

/** A run that nobody agreed to would only leave a trace that says so. */
function demandActing({ isOn, agreedAt }: Rule): void {
  if (agreedAt === null) throw new PerchError(newProblem('invalid', sentence('own-rules.not-agreed')));
  if (!isOn) throw new PerchError(newProblem('invalid', sentence('own-rules.is-off')));
}

/** The press was about the rule as it was then: another window may have changed the rule during the look at its servers. */
function demandSame(pressed: Rule, now: Rule): void {
  demandActing(now);
  if (now.agreedAt !== pressed.agreedAt)
    throw new PerchError(newProblem('conflict', sentence('own-rules.changed-meanwhile')));
}

/** The servers to run on. "The server of the event" is nobody until a person names one. */
function chosen(
  { store, settings }: RuleCallsDeps,
  rule: Rule,
  serverIds: readonly string[] | null,
): readonly string[] {
  const all = serversOfRule(rule, store.state, settings.current);
  const servers =
    serverIds === null
      ? rule.target.kind === 'event'
        ? []
        : all
      : all.filter((id) => serverIds.includes(id));
  if (servers.length === 0) throw new PerchError(newProblem('not-found', sentence('own-rules.nowhere')));
  return servers;
}
