import { screen, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { newProblem } from '../../../../bridge/errors.js';
import { sentence } from '../../../../messages/messages.js';
import { aRuleView, pick, showsRules } from '../../../../tests/support/automation-view.js';
import { aServer } from '../../../../tests/support/entities.js';
import { aRule } from '../../../../tests/support/rule-examples.js';

const user = userEvent.setup();

describe('the editor', () => {
  it('makes a rule: keys add steps and conditions, faults stand at their place, one question when saved', async () => {
    const { bridge, inputs } = await showsRules([]);
    await user.click(screen.getByTestId('blueprint-scratch'));
    await user.click(screen.getByTestId('rule-save'));
    expect(screen.getByText('A rule needs at least one step.')).toBeTruthy();
    expect(screen.queryByTestId('rule-agreement')).toBeNull();
    await user.type(screen.getByLabelText('Name'), 'Evenings');
    await pick('rule-trigger', 'A time of day');
    expect(screen.getByTestId('target-fault').textContent).toContain('Choose a server or a group.');
    await pick('rule-target', 'One server');
    await user.click(screen.getByTestId('step-add'));
    await user.click(screen.getByTestId('step-new-command'));
    await user.click(screen.getByTestId('rule-save'));
    expect(screen.getByText('Enter a text.')).toBeTruthy();
    await user.type(screen.getByTestId('step-command'), 'save-all');
    bridge.answerWith('rules.save', () => ({ ...aRule(), id: 'r9' }));
    await user.keyboard('{Control>}s{/Control}');
    const question = within(screen.getByTestId('rule-agreement'));
    expect(question.getByTestId('agreement-words').textContent).toContain(
      'Send “save-all” to the console of the server',
    );
    await user.click(question.getByTestId('rule-agree'));
    expect(inputs('rules.save')).toMatchObject([
      {
        rule: {
          name: 'Evenings',
          trigger: { kind: 'time', minute: 240 },
          target: { kind: 'server', serverId: aServer().id },
          steps: [{ kind: 'command', on: null, command: 'save-all' }],
        },
        replaces: null,
        isAgreed: true,
      },
    ]);
    expect(screen.queryByTestId('rule-editor')).toBeNull();
  });

  it('keeps the typed text while somebody leaves it, also after a refusal', async () => {
    const { bridge, state } = await showsRules([aRuleView()]);
    await user.click(screen.getByText('Nightly restart'));
    await user.type(screen.getByLabelText('Name'), ' 2');
    bridge.refuse('rules.save', newProblem('conflict', sentence('own-rules.changed-meanwhile')));
    await user.click(screen.getByTestId('rule-save'));
    expect(screen.getByTestId('rule-save-problem').textContent).toContain('changed this rule elsewhere');
    expect(state.ruleDrafts.hasDraft).toBe(true);
    await user.click(screen.getByTestId('rule-back'));
    expect(screen.getByTestId('rule').textContent).toContain('Unsaved changes');
    await user.click(screen.getByText('Nightly restart'));
    expect(screen.getByLabelText('Name')).toHaveProperty('value', 'Nightly restart 2');
    await user.click(screen.getByTestId('rule-discard'));
    expect(state.ruleDrafts.hasDraft).toBe(false);
  });

  it('builds a tree of conditions by menu, and shows whether each condition is true now', async () => {
    const { bridge, state, inputs } = await showsRules([aRuleView()]);
    const power = { of: 'state', on: aServer().id, value: 'running', source: 'node', ageMs: 4000 } as const;
    bridge.answer('rules.judge', {
      verdict: 'unknown',
      seen: [
        { ...power, verdict: true },
        { of: 'players', on: aServer().id, verdict: 'unknown', value: null, source: null, ageMs: null },
      ],
    });
    await user.click(screen.getByText('Nightly restart'));
    await user.click(screen.getByTestId('rule-condition-add'));
    await user.click(screen.getByTestId('condition-more'));
    await user.click(screen.getByTestId('condition-into-any'));
    await user.click(screen.getAllByTestId('condition-more')[1] ?? document.body);
    await user.click(screen.getByTestId('condition-not-on'));
    const now = await screen.findByTestId('rule-condition-now', undefined, { timeout: 3000 });
    expect(now.textContent).toContain('unknown');
    expect(screen.getAllByTestId('leaf-seen').map(({ textContent }) => textContent.trim())).toEqual([
      'true running, from the node, 4 s old',
      'unknown No source has reported this value yet.',
    ]);
    expect(inputs('rules.judge').at(-1)).toMatchObject({ serverId: aServer().id });
    expect(state.ruleDrafts.shown?.rule.condition).toMatchObject({
      kind: 'any',
      parts: [{ kind: 'state' }, { kind: 'not', part: { kind: 'state' } }],
    });
  });

  it('moves and removes steps by keys, with the focus on the step', async () => {
    const steps = [
      { kind: 'end' as const },
      { kind: 'if' as const, condition: { kind: 'unseen' as const }, then: [], else: [] },
    ];
    const { state } = await showsRules([aRuleView({ steps })]);
    await user.click(screen.getByText('Nightly restart'));
    screen.getByRole('button', { name: /^1 End this run/ }).focus();
    await user.keyboard('{Alt>}{ArrowDown}{/Alt}');
    expect(state.ruleDrafts.shown?.rule.steps.map(({ kind }) => kind)).toEqual(['if', 'end']);
    expect(document.activeElement?.textContent).toContain('End this run');
    await user.keyboard('{Delete}');
    expect(state.ruleDrafts.shown?.rule.steps.map(({ kind }) => kind)).toEqual(['if']);
    expect(document.activeElement?.textContent).toContain('If nobody is looking at Perch');
    const [then] = screen.getAllByTestId('step-add');
    await user.click(then ?? document.body);
    await user.click(screen.getByTestId('step-new-backup'));
    expect(state.ruleDrafts.shown?.rule.steps).toMatchObject([{ then: [{ kind: 'backup' }] }]);
  });
});
