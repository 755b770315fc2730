/** A rule from a blueprint, by keys: the cards, the short form, the planned actions, and the saved rules. */
import { render, screen, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { tick, type Component } from 'svelte';
import { beforeEach, describe, expect, it } from 'vitest';

import { blueprintIds } from '../../../../bridge/rules/blueprints/blueprint.js';
import { aProblem } from '../../../../tests/support/a-problem.js';
import { anAccount, aServer, someSettings } from '../../../../tests/support/entities.js';
import { FakeBridge } from '../../../../tests/support/fake-bridge.js';
import { PerchClient } from '../../../api.js';
import { createWindowState } from '../../../state/window-state.js';
import Frame from '../../frame.svelte';
import AutomationView from '../automation-view.svelte';

const user = userEvent.setup();
const servers = ['Database', 'Proxy', 'Survival'].map((name, index) =>
  aServer({ id: `home/${index + 1}`, name }),
);
let bridge: FakeBridge;
let state: ReturnType<typeof createWindowState>;

beforeEach(async () => {
  bridge = new FakeBridge();
  state = createWindowState(new PerchClient(bridge));
  const view: Component = (anchor) => AutomationView(anchor, {});
  state.fleet.start();
  bridge.snapshot('fleet', { accounts: [anAccount()], servers });
  state.navigation.go({ kind: 'automation' });
  render(Frame, { view, state });
  bridge.snapshot('settings', {
    ...someSettings(),
    groups: [{ id: 'g1', name: 'Games', serverIds: ['home/2', 'home/3'] }],
  });
  bridge.snapshot('rules', []);
  await tick();
});

const saved = () => bridge.calls.filter(({ name }) => name === 'rules.save').map(({ input }) => input);
async function pick(testid: string, option: string): Promise<void> {
  screen.getByTestId(testid).focus();
  await user.keyboard('{Enter}');
  // jsdom shows no popover, so names of its content are not computed.
  const options = await screen.findAllByRole('option', { hidden: true });
  await user.click(options.find(({ textContent }) => textContent.trim() === option) ?? document.body);
}
const press = (testid: string) => user.click(screen.getByTestId(testid));

describe('a new rule', () => {
  it('has a card for each blueprint, on the empty page as well', async () => {
    for (const id of blueprintIds) expect(screen.getByTestId(`blueprint-${id}`)).toBeInstanceOf(HTMLElement);
    await press('rule-new');
    const cards = within(screen.getByTestId('new-rule')).getAllByRole('button', { hidden: true });
    expect(cards).toHaveLength(blueprintIds.length + 2);
  });

  it('names missing fields, then the planned actions, and saves the agreed rule', async () => {
    bridge.answer('rules.save', {});
    await press('blueprint-nightly-restart');
    await press('blueprint-create');
    expect(screen.getByTestId('new-rule').textContent).toContain('Choose a server or a group.');
    expect(screen.queryByTestId('blueprint-preview')).toBeNull();
    expect(document.activeElement).toBe(screen.getByTestId('blueprint-target'));
    await pick('blueprint-target', 'Survival');
    const preview = screen.getByTestId('blueprint-preview').textContent;
    expect(preview).toContain('Every day at 03:50');
    expect(preview).toContain('“The server restarts in 10 min.”');
    expect(preview).toContain('Perch has not run at 03:50');
    expect(screen.getByTestId('blueprint-agreement').textContent).toContain('(Survival)');
    await press('blueprint-create');
    expect(saved()).toMatchObject([
      {
        replaces: null,
        isAgreed: true,
        rule: { name: 'Nightly restart', target: { kind: 'server', serverId: 'home/3' } },
      },
    ]);
    await tick();
    expect(screen.queryByTestId('new-rule')).toBeNull();
  });

  it('may be for a group, and may be edited first', async () => {
    await press('blueprint-stop-when-empty');
    const edit = screen.getByTestId('blueprint-edit');
    expect(edit.getAttribute('aria-disabled')).toBe('true');
    await pick('blueprint-target', 'Group: Games');
    await press('blueprint-edit');
    expect(screen.queryByTestId('new-rule')).toBeNull();
    expect(state.ruleDrafts.shown?.rule).toMatchObject({
      name: 'Stop when empty',
      target: { kind: 'group', groupId: 'g1' },
      agreedAt: null,
    });
    expect(saved()).toEqual([]);
  });

  it('without a blueprint opens the empty editor', async () => {
    await press('rule-new');
    await user.click(within(screen.getByTestId('new-rule')).getByTestId('blueprint-scratch'));
    expect(state.ruleDrafts.shown?.rule.steps).toEqual([]);
  });

  it('keeps the choices after the dialog was closed', async () => {
    await press('blueprint-low-disk');
    await pick('blueprint-target', 'Proxy');
    await user.clear(screen.getByTestId('blueprint-tellPercent'));
    await user.type(screen.getByTestId('blueprint-tellPercent'), '85{Tab}');
    await press('blueprint-back');
    await press('new-rule-cancel');
    await press('rule-new');
    await user.click(within(screen.getByTestId('new-rule')).getByTestId('blueprint-low-disk'));
    expect(screen.getByTestId('blueprint-preview').textContent).toContain('85 %');
  });

  it('of two rules saves only the second rule again after its refusal', async () => {
    await press('blueprint-weekend-hours');
    await pick('blueprint-target', 'Survival');
    bridge.answerWith('rules.save', () => {
      bridge.refuse('rules.save', aProblem('conflict'));
      return {};
    });
    await press('blueprint-create');
    await screen.findByTestId('blueprint-problem');
    bridge.answer('rules.save', {});
    await press('blueprint-create');
    expect(saved()).toMatchObject([
      { rule: { name: 'Opening hours: start' } },
      { rule: { name: 'Opening hours: stop' } },
      { rule: { name: 'Opening hours: stop' } },
    ]);
    expect(screen.queryByTestId('blueprint-edit')).toBeNull();
  });

  it('puts servers into an order by keys', async () => {
    bridge.answer('rules.save', {});
    await press('blueprint-start-in-order');
    await press('blueprint-create');
    expect(screen.getByTestId('new-rule').textContent).toContain('Choose at least two servers.');
    for (const name of ['Survival', 'Database', 'Proxy']) await pick('add-server', name);
    const up = screen.getByRole('button', { name: 'Move “Database” up', hidden: true });
    up.focus();
    await user.keyboard('{Enter}');
    expect(document.activeElement?.getAttribute('aria-label')).toBe('Move “Database” up');
    await user.click(screen.getByRole('button', { name: 'Move “Survival” down', hidden: true }));
    const names = () =>
      within(screen.getByTestId('ordered-servers'))
        .getAllByRole('listitem', { hidden: true })
        .map((row) => row.querySelector('bdi')?.textContent);
    expect(names()).toEqual(['Database', 'Proxy', 'Survival']);
    await user.click(screen.getByRole('button', { name: 'Remove “Proxy”', hidden: true }));
    await press('blueprint-create');
    expect(saved()).toMatchObject([
      {
        rule: {
          trigger: { kind: 'by-hand' },
          target: { serverId: 'home/3' },
          steps: [{ on: 'home/1' }, { kind: 'wait' }, { on: 'home/3' }, { kind: 'wait' }],
        },
      },
    ]);
  });
});
