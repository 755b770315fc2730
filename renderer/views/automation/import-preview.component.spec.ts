import { screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { newProblem } from '../../../bridge/errors.js';
import { sentence } from '../../../messages/messages.js';
import { aRuleView, showsRules } from '../../../tests/support/automation-view.js';
import { aRule } from '../../../tests/support/rule-examples.js';

const user = userEvent.setup();

async function chooses(...names: string[]) {
  const shown = await showsRules([aRuleView()]);
  const condition = { kind: 'unseen' } as const;
  const rules = names.map((name, at) => ({
    rule: aRule({ name, agreedAt: null, ...(at === 0 ? { condition } : {}) }),
    missing: at,
  }));
  shown.bridge.answer('rules.chooseImport', { rules, leftOut: 2 });
  await user.click(screen.getByTestId('rules-more'));
  await user.click(screen.getByTestId('rules-import'));
  return shown;
}
const namesOf = (inputs: unknown[]) => inputs.map((input) => (input as { rule: { name: string } }).rule.name);

describe('an import of rules', () => {
  it('first shows each rule in words, with missing servers and channels, and saves only the selected rules', async () => {
    const { bridge, inputs } = await chooses('Nightly restart', 'Other');
    const [first, second] = screen.getAllByTestId('rules-found');
    expect(first?.textContent).toContain(
      'Every day at 04:00 → only if nobody is looking at Perch → Restart the server',
    );
    expect(first?.textContent).toContain('A rule with this name already exists; Perch keeps both.');
    expect(second?.textContent).toContain('1 server or group of this rule is not here.');
    expect(screen.getByTestId('rules-left-out').textContent).toBe('Perch leaves out 2 damaged rules.');
    expect(inputs('rules.save')).toEqual([]);
    await user.click(screen.getAllByRole('checkbox')[0] ?? document.body);
    bridge.answer('rules.save', aRule());
    await user.click(screen.getByText('Import 1 rule'));
    expect(inputs('rules.save')).toMatchObject([
      { rule: { name: 'Other' }, replaces: null, isAgreed: false },
    ]);
    expect(screen.queryByTestId('rules-preview')).toBeNull();
  });

  it('continues after a refusal with the unsaved rules', async () => {
    const { bridge, inputs } = await chooses('One', 'Two');
    let count = 0;
    const refusal = newProblem('invalid', sentence('own-rules.too-many', { count: 200 }));
    bridge.answerWith('rules.save', () => {
      count += 1;
      if (count === 1) bridge.refuse('rules.save', refusal);
      return aRule();
    });
    await user.click(screen.getByTestId('rules-import-go'));
    expect(screen.getByTestId('rules-import-problem')).toBeTruthy();
    bridge.answer('rules.save', aRule());
    await user.click(screen.getByText('Import 1 rule'));
    expect(namesOf(inputs('rules.save'))).toEqual(['One', 'Two', 'Two']);
  });
});

describe('an export of rules', () => {
  it('saves all rules, or one, and says where', async () => {
    const { bridge, inputs } = await showsRules([aRuleView(), aRuleView({ id: 'r2', name: 'Other' })]);
    bridge.answer('rules.export', { path: '/home/a/rules.json' });
    await user.click(screen.getByTestId('rules-more'));
    await user.click(screen.getByTestId('rules-export-all'));
    expect(screen.getByTestId('rules-saved').textContent).toContain('Saved to /home/a/rules.json.');
    await user.click(screen.getAllByTestId('rule-more')[1] ?? document.body);
    await user.click(screen.getByTestId('rule-export'));
    expect(inputs('rules.export')).toEqual([{ ids: ['r1', 'r2'] }, { ids: ['r2'] }]);
  });
});
