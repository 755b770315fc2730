import { screen, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { tick } from 'svelte';
import { describe, expect, it } from 'vitest';
import { derivedId } from '../../../bridge/rules/rule-origin.js';
import type { RunRecord } from '../../../bridge/schema/rule-runs.js';
import { aRuleView, showsRules } from '../../../tests/support/automation-view.js';
import { aServer } from '../../../tests/support/entities.js';
import { anEvent } from '../../../tests/support/history-events.js';
import { aCause } from '../../../tests/support/rule-examples.js';

const user = userEvent.setup();

describe('the list of rules', () => {
  it('says each rule in words, where it runs, its next and its last run', async () => {
    const last = { at: 5, end: 'condition', serverId: aServer().id } as const;
    await showsRules([aRuleView({}, { last, underWay: [aServer().id] })]);
    const row = screen.getByTestId('rule').textContent;
    expect(row).toContain('Every day at 04:00');
    expect(row).toContain('Restart the server');
    expect(row).toContain(aServer().name);
    expect(row).toContain('running on 1 server');
    expect(row).toContain('A condition was not true');
    expect(row).toContain('Runs while Perch runs on this computer');
  });

  it('switches a rule, and removes one only after a question', async () => {
    const { inputs } = await showsRules([aRuleView()]);
    await user.click(screen.getByRole('switch', { name: 'Rule “Nightly restart” is on' }));
    await user.click(screen.getByTestId('rule-more'));
    await user.click(screen.getByTestId('rule-remove'));
    expect(inputs('rules.remove')).toEqual([]);
    await user.click(screen.getByTestId('rule-remove-go'));
    expect(inputs('rules.setOn')).toEqual([{ id: 'r1', isOn: false }]);
    expect(inputs('rules.remove')).toEqual([{ id: 'r1' }]);
  });

  it('offers missed times, and runs the rule before it forgets them', async () => {
    const { bridge } = await showsRules([aRuleView({}, { missed: [1, 2] })]);
    expect(screen.getByTestId('rule-missed').textContent).toContain('2 runs were missed');
    await user.click(screen.getByTestId('rule-catch-up'));
    expect(bridge.calls.slice(-2)).toEqual([
      { name: 'rules.run', input: { id: 'r1', serverIds: null, isDry: false } },
      { name: 'rules.forgetMissed', input: { id: 'r1' } },
    ]);
  });

  it('stops the runs of a rule by its menu, which offers that only while one is under way', async () => {
    const { bridge, inputs } = await showsRules([aRuleView({}, { underWay: [aServer().id] })]);
    await user.click(screen.getByTestId('rule-more'));
    await user.click(screen.getByTestId('rule-stop-run'));
    expect(inputs('rules.stopRun')).toEqual([{ id: 'r1', serverIds: [aServer().id] }]);
    bridge.snapshot('rules', [aRuleView()]);
    await tick();
    await user.click(screen.getByTestId('rule-more'));
    expect(screen.queryByTestId('rule-stop-run')).toBeNull();
  });

  it('shows rules of settings in a group of their own, with the way to the setting and the runs', async () => {
    const id = derivedId('when-empty', aServer().id);
    const view = aRuleView({ id }, { origin: 'when-empty' });
    const { state } = await showsRules([aRuleView(), view]);
    expect(screen.getAllByTestId('rule')).toHaveLength(1);
    const group = screen.getByRole('region', { name: 'From the settings of servers' });
    expect(group.textContent).toContain('When nobody is on');
    expect(within(group).queryByRole('switch')).toBeNull();
    await user.click(within(group).getByTestId('derived-runs'));
    expect(state.navigation.view).toMatchObject({ kind: 'automation', part: 'runs', ruleId: id });
    state.navigation.go({ kind: 'automation' });
    await tick();
    await user.click(screen.getByTestId('derived-open'));
    expect(state.navigation.view).toMatchObject({ kind: 'server', serverId: aServer().id, tab: 'players' });
  });

  it('shows fifty rules of settings, and more on demand', async () => {
    const views = Array.from({ length: 120 }, (_, index) =>
      aRuleView({ id: derivedId('backup-plan', `home/${index}`) }, { origin: 'backup-plan' }),
    );
    await showsRules(views);
    expect(screen.getAllByTestId('derived-rule')).toHaveLength(50);
    await user.click(screen.getByTestId('derived-more'));
    expect(screen.getAllByTestId('derived-rule')).toHaveLength(100);
    screen.getByTestId('no-rules');
  });

  it('says why a rule is off, and keeps a rule without an agreement from being switched on', async () => {
    const { inputs } = await showsRules([
      aRuleView({ isOn: false }, { offBy: 'failures', failures: 3 }),
      aRuleView({ id: 'r2', name: 'Other', agreedAt: null, isOn: false }),
    ]);
    expect(screen.getByTestId('rule-off').textContent).toContain('after 3 failed runs in a row');
    expect(screen.getByRole('switch', { name: /Other/ })).toHaveProperty('disabled', true);
    await user.click(screen.getByTestId('rule-read'));
    expect(screen.getByTestId('agreement-words').textContent).toContain(
      `Every day at 04:00, Perch does this without asking again (${aServer().name}): Restart the server. At most 100 times in 1 h on one server.`,
    );
    await user.click(screen.getByTestId('rule-agree'));
    expect(inputs('rules.save')).toMatchObject([{ rule: { id: 'r2' }, isAgreed: true }]);
  });
});

describe('the runs', () => {
  const record: RunRecord = {
    id: 'r1#1',
    ruleId: 'r1',
    serverId: aServer().id,
    cause: aCause('k', { kind: 'figure', value: 93 }),
    isDry: false,
    at: 10,
    endedAt: 5010,
    end: 'condition',
    seen: [{ of: 'players', on: aServer().id, verdict: false, value: 3, source: 'query', ageMs: 2000 }],
    steps: [{ place: '1', kind: 'power', at: 10, endedAt: 12, outcome: 'done', problem: null, seen: [] }],
  };

  it('tell the cause, each value with source and age, and each step with its answer', async () => {
    const { bridge } = await showsRules([aRuleView()]);
    bridge.answer('rules.records', { records: [record], isEnd: true });
    await user.click(screen.getByRole('tab', { name: 'Runs' }));
    await user.click(within(await screen.findByTestId('run')).getByRole('button'));
    const run = screen.getByTestId('run').textContent;
    expect(screen.getByTestId('run-cause').textContent).toContain('A figure stayed high: 93');
    expect(screen.getByTestId('run-seen').textContent).toContain(
      'false Players 3 players, from the game, 2 s old',
    );
    expect(screen.getByTestId('run-steps').textContent).toContain('Restart the server');
    expect(screen.getByTestId('run-steps').textContent).toContain('done');
    expect(run).toContain('after 5 s');
  });

  it('show the messages to channels by a step, and about the end', async () => {
    const { bridge } = await showsRules([aRuleView()]);
    const step = {
      place: '1',
      kind: 'notify',
      at: 10,
      endedAt: 12,
      outcome: 'done',
      problem: null,
      seen: [],
    } as const;
    bridge.answer('rules.records', {
      records: [{ ...record, end: 'failed', repeats: 3, steps: [step] }],
      isEnd: true,
    });
    await user.click(screen.getByRole('tab', { name: 'Runs' }));
    await user.click(within(await screen.findByTestId('run')).getByRole('button'));
    expect(screen.getByTestId('run').textContent).toMatch(/ · 3 more times until \d\d:\d\d:\d\d/);
    expect(screen.queryByTestId('step-deliveries')).toBeNull();
    const none = { state: 'sent', at: 0, againAt: null, editedAt: null, failures: 0 } as const;
    const phone = { channelId: 'c1', kind: 'ntfy', name: 'Phone', ...none } as const;
    const gotify = { ...phone, kind: 'gotify', name: 'Gotify' } as const;
    const end = {
      kind: 'rule-run',
      rule: 'R',
      end: 'failed',
      isTold: true,
      isOff: false,
      run: 'r1#1',
    } as const;
    bridge.snapshot('events', [
      anEvent({ what: { kind: 'rule-told', rule: 'R', text: 'Done', order: 'r1#1#1' }, deliveries: [phone] }),
      anEvent({ what: end, deliveries: [gotify] }),
    ]);
    await tick();
    expect(screen.getByTestId('step-deliveries').textContent).toMatch(/^Channels: ntfy “Phone” \d\d:\d\d$/);
    expect(screen.getByTestId('run-deliveries').textContent).toMatch(/^Channels: Gotify \d\d:\d\d$/);
  });

  it('are filtered by the rule from which somebody came', async () => {
    const { inputs } = await showsRules([aRuleView()]);
    await user.click(screen.getByTestId('rule-more'));
    await user.click(screen.getByTestId('rule-runs'));
    await tick();
    expect(inputs('rules.records').at(-1)).toEqual({
      ruleId: 'r1',
      serverId: null,
      before: null,
      count: 50,
    });
  });

  it('of a dry run come at once, and say that nothing was sent', async () => {
    const { bridge, inputs } = await showsRules([aRuleView()]);
    bridge.answer('rules.run', { records: [{ ...record, isDry: true, end: 'done' }] });
    await user.click(screen.getByTestId('rule-more'));
    await user.click(screen.getByTestId('rule-dry-run'));
    expect(inputs('rules.run')).toEqual([{ id: 'r1', serverIds: null, isDry: true }]);
    expect(screen.getByTestId('dry-run').textContent).toContain('Perch sent nothing to any server.');
    expect(screen.getByTestId('run').textContent).toContain('All steps would be done');
  });
});
