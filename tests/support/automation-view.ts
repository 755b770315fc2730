/** The view "Automation" in a component spec, over a bridge that answers as main. */
import { render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { tick, type Component } from 'svelte';
import type { RuleView } from '../../bridge/schema/rule-calls.js';
import type { Rule } from '../../bridge/schema/rules.js';
import { PerchClient } from '../../renderer/api.js';
import { createWindowState } from '../../renderer/state/window-state.js';
import AutomationView from '../../renderer/views/automation/automation-view.svelte';
import Frame from '../../renderer/views/frame.svelte';
import { anAccount, aServer, someSettings } from './entities.js';
import { FakeBridge } from './fake-bridge.js';
import { aRule } from './rule-examples.js';

export function aRuleView(rule: Partial<Rule> = {}, fields: Partial<RuleView> = {}): RuleView {
  return {
    rule: aRule({ target: { kind: 'server', serverId: aServer().id }, ...rule }),
    origin: 'own',
    offBy: null,
    failures: 0,
    missed: [],
    next: null,
    underWay: [],
    last: null,
    ...fields,
  };
}

/** Renders the view with these rules. */
export async function showsRules(views: readonly RuleView[]) {
  const bridge = new FakeBridge();
  const state = createWindowState(new PerchClient(bridge));
  const view: Component = (anchor) => AutomationView(anchor, {});
  bridge.answer('rules.judge', { verdict: 'unknown', seen: [] });
  bridge.answer('rules.records', { records: [], isEnd: true });
  state.fleet.start();
  bridge.snapshot('fleet', { accounts: [anAccount()], servers: [aServer()] });
  state.navigation.go({ kind: 'automation' });
  render(Frame, { view, state });
  bridge.snapshot('settings', someSettings());
  bridge.snapshot('rules', views);
  await tick();
  const inputs = (name: string) =>
    bridge.calls.filter((call) => call.name === name).map(({ input }) => input);
  return { bridge, state, inputs };
}

/** Chooses an option of a select box by its words. */
export async function pick(testid: string, option: string): Promise<void> {
  const user = userEvent.setup();
  screen.getByTestId(testid).focus();
  await user.keyboard('{Enter}');
  // jsdom shows no popover, so names of its content are not computed.
  const options = await screen.findAllByRole('option', { hidden: true });
  const wanted = options.find(({ textContent }) => textContent.trim() === option);
  if (wanted === undefined) throw new Error(`No option ${option}`);
  await user.click(wanted);
}
