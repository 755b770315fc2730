import { describe, expect, it, vi } from 'vitest';
import type { RuleView } from '../../bridge/schema/rule-calls.js';
import type { RunRecord } from '../../bridge/schema/rule-runs.js';
import { newProblem } from '../../bridge/errors.js';
import { remoteVerbs } from '../../bridge/schema/remote.js';
import { verbatim } from '../../messages/messages.js';
import { anAccount, aServer } from '../../tests/support/entities.js';
import { FakeClock } from '../../tests/support/fake-clock.js';
import { aRule } from '../../tests/support/rule-examples.js';
import { FleetStore } from '../fleet/store.js';
import { listRules, runsOfRule, type RemoteRulesDeps } from './rules.js';

const hostile = 'Night\u001b[31mly\u202e';

function aView(fields: Partial<RuleView> = {}): RuleView {
  return {
    rule: aRule({ name: hostile }),
    origin: 'own',
    offBy: null,
    failures: 0,
    missed: [],
    next: 500,
    underWay: [],
    last: { at: 400, end: 'done', serverId: 'home/1' },
    ...fields,
  };
}

function aRecord(fields: Partial<RunRecord> = {}): RunRecord {
  return {
    id: 'r1/time:5/home/1',
    ruleId: 'r1',
    serverId: 'home/1',
    cause: { key: 'time:5', kind: 'time', at: 100, value: null },
    isDry: false,
    at: 101,
    endedAt: 102,
    end: 'done',
    seen: [],
    steps: [],
    ...fields,
  };
}

const aStep: RunRecord['steps'][number] = {
  place: '1',
  kind: 'power',
  at: 101,
  endedAt: 102,
  outcome: 'done',
  problem: null,
  seen: [],
};

function setUp(views: readonly RuleView[] = [aView()], records: readonly RunRecord[] = []) {
  const store = new FleetStore();
  store.apply([
    { kind: 'account-upserted', account: anAccount() },
    { kind: 'server-upserted', server: aServer({ id: 'home/1', name: 'Sur\u001b[31mvival' }) },
  ]);
  const page = vi.fn(async (_query: object) => ({ records, isEnd: true }));
  const book = { isNewer: false };
  const deps: RemoteRulesDeps = {
    store,
    clock: new FakeClock(),
    rules: { listed: Promise.resolve(), book, driver: { current: views } },
    settings: { current: { groups: [{ id: 'g1', name: 'Lobbies', isCollapsed: false, serverIds: [] }] } },
    past: { traces: { page } },
  };
  const client = (kind: 'program' | 'person') => ({ client: { kind, name: 'Robot' } }) as const;
  return {
    deps,
    book,
    page,
    list: (kind: 'program' | 'person' = 'person') => listRules(deps, client(kind)),
    runs: async (rule = 'r1', kind: 'program' | 'person' = 'person') => {
      const found = await runsOfRule(deps, { rule, limit: 20 }, client(kind));
      // The answer crosses the socket as its schema says.
      return remoteVerbs.ruleRuns.output.parse(found);
    },
  };
}

describe('the list of rules', () => {
  it('tells each rule in words, without control characters of a terminal', async () => {
    const { rules } = await setUp().list();
    expect(remoteVerbs.rules.output.parse({ rules })).toEqual({ rules });
    expect(rules).toMatchObject([
      {
        id: 'r1',
        name: 'Nightly',
        isOn: true,
        offBy: null,
        target: { kind: 'server', name: 'Survival' },
        trigger: 'Every day at 04:00',
        condition: null,
        steps: [{ place: '1', text: 'Restart the server' }],
        next: 500,
        last: { at: 400, end: 'done', server: 'Survival' },
      },
    ]);
  });

  it.each<[RuleView['offBy'], Parameters<typeof aRule>[0], string]>([
    [null, { isOn: false }, 'person'],
    [null, { agreedAt: null }, 'unagreed'],
    ['step', { isOn: false }, 'step'],
    ['failures', { isOn: false }, 'failures'],
  ])('says why a rule is off: %s with %j is %s', async (offBy, fields, why) => {
    const { rules } = await setUp([aView({ offBy, rule: aRule(fields) })]).list();
    expect(rules).toMatchObject([{ isOn: false, offBy: why, next: null }]);
  });

  it('names a group, and says null for a server or a group that is gone', async () => {
    const targets = [
      { kind: 'group', groupId: 'g1' },
      { kind: 'group', groupId: 'g2' },
      { kind: 'server', serverId: 'home/9' },
    ] as const;
    const views = targets.map((target) =>
      aView({ rule: aRule({ target }), last: null, underWay: ['home/9'] }),
    );
    const { rules } = await setUp(views).list();
    expect(rules.map(({ target }) => target.name)).toEqual(['Lobbies', null, null]);
    expect(rules[0]).toMatchObject({ last: null, underWay: [null] });
  });

  it('waits until Perch has read the rules', async () => {
    const { deps } = setUp();
    let resolve = (): void => undefined;
    const promise = new Promise<void>((done) => (resolve = done));
    const done = vi.fn();
    const call = { client: { kind: 'person', name: '' } } as const;
    const over = listRules({ ...deps, rules: { ...deps.rules, listed: promise } }, call).then(done);
    await Promise.resolve();
    expect(done).not.toHaveBeenCalled();
    resolve();
    await over;
    expect(done).toHaveBeenCalledOnce();
  });

  it('fails for rules of a newer Perch instead of telling that there are none', async () => {
    const { book, list } = setUp([]);
    book.isNewer = true;
    await expect(list()).rejects.toMatchObject({ failure: { cause: 'failed', next: /newer version/ } });
  });

  it('hides values that look secret from programs alone', async () => {
    const steps = [{ kind: 'command', on: null, command: 'login --token hunter2' }] as const;
    const { list } = setUp([aView({ rule: aRule({ steps: [...steps] }) })]);
    const [forProgram, forPerson] = [await list('program'), await list('person')];
    expect(forProgram.rules[0]?.steps[0]?.text).toContain('login --token ***');
    expect(forPerson.rules[0]?.steps[0]?.text).toContain('login --token hunter2');
  });
});

describe('the runs of a rule', () => {
  it('are listed oldest first, with names, values, words of steps and problems', async () => {
    const seen = { of: 'state', verdict: true, value: 'running', source: 'node', ageMs: 4000 } as const;
    const problem = newProblem('forbidden', verbatim('No\u001b[31m.'), verbatim('Ask.'));
    const steps = [{ ...aStep, outcome: 'refused' as const, problem }];
    const newest = aRecord({ at: 201, seen: [{ ...seen, on: 'home/1' }], steps });
    const { page, runs } = setUp([aView()], [newest, aRecord({ serverId: 'home/9' })]);
    const found = await runs('nightly');
    expect(page).toHaveBeenCalledExactlyOnceWith({ ruleId: 'r1', serverId: null, before: null, count: 20 });
    expect(found.runs.map(({ server }) => server)).toEqual([null, 'Survival']);
    expect(found.runs[1]).toEqual({
      server: 'Survival',
      isDry: false,
      at: 201,
      endedAt: 102,
      end: 'done',
      cause: { kind: 'time', at: 100, value: null },
      seen: [{ ...seen, server: 'Survival' }],
      steps: [{ ...aStep, outcome: 'refused', text: 'Restart the server', problem: 'No. Ask.' }],
    });
  });

  it('have no words for the steps of a rule that was changed later', async () => {
    const { runs } = setUp([aView({ rule: aRule({ agreedAt: 150 }) })], [aRecord({ steps: [aStep] })]);
    expect((await runs()).runs[0]?.steps[0]).toMatchObject({ kind: 'power', text: null });
  });

  it('tell the line of a console to a person, not to a program', async () => {
    const cause = { key: 'line:1', kind: 'line', at: 100, value: 'join\u001b[2J Saga' } as const;
    const { runs } = setUp([aView()], [aRecord({ cause })]);
    expect((await runs('r1', 'person')).runs[0]?.cause.value).toBe('join Saga');
    expect((await runs('r1', 'program')).runs[0]?.cause.value).toBeNull();
  });

  it('need one rule: without a match and with several it lists candidates with their ids', async () => {
    const twins = [aView({ rule: aRule() }), aView({ rule: aRule({ id: 'r2' }) })];
    const { runs, page } = setUp(twins);
    await expect(runs('nightly restart')).rejects.toMatchObject({
      failure: { cause: 'no-server', candidates: ['Nightly restart (r1)', 'Nightly restart (r2)'] },
    });
    await expect(runs('other')).rejects.toThrow('There is no rule “other”.');
    expect(page).not.toHaveBeenCalled();
    expect((await runs('r2')).rule.id).toBe('r2');
  });
});
