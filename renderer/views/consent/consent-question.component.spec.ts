import { fireEvent, render, screen } from '@testing-library/svelte';
import { tick } from 'svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { RemoteQuestion } from '../../../bridge/schema/remote-consent.js';
import { someSettings } from '../../../tests/support/entities.js';
import { FakeBridge } from '../../../tests/support/fake-bridge.js';
import { PerchClient } from '../../api.js';
import { createWindowState } from '../../state/window-state.js';
import Frame from '../frame.svelte';
import MainWindow from '../main-window.svelte';

function aQuestion(id: string, command: string, beside = ''): RemoteQuestion {
  const action = { kind: 'command', command } as const;
  return { id, client: 'Robot', server: 'Survival', panel: 'Home', beside, action, until: 0, mayLast: true };
}

describe('the request of a program', () => {
  let bridge: FakeBridge;
  /** Whether the end of each command is visible at once, as with a short command. */
  let isShort = true;

  beforeEach(async () => {
    isShort = true;
    vi.stubGlobal('IntersectionObserver', SightObserver);
    bridge = new FakeBridge();
    render(Frame, { view: MainWindow, state: createWindowState(new PerchClient(bridge)) });
    bridge.snapshot('settings', someSettings());
    bridge.snapshot('fleet', { accounts: [], servers: [] });
    bridge.snapshot('consent', { questions: [aQuestion('0', 'the first loads the part')], allowances: [] });
    await screen.findByTestId('consent-question');
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    await ask(aQuestion('1', 'say hello'));
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
    SightObserver.all.clear();
  });

  /** jsdom has no layout. */
  class SightObserver {
    static readonly all = new Set<SightObserver>();
    readonly #tell: (entries: { isIntersecting: boolean }[]) => void;
    constructor(tell: (entries: { isIntersecting: boolean }[]) => void) {
      this.#tell = tell;
    }
    observe(): void {
      SightObserver.all.add(this);
      this.tell(isShort);
    }
    tell(isIntersecting: boolean): void {
      this.#tell([{ isIntersecting }]);
    }
    disconnect(): void {
      SightObserver.all.delete(this);
    }
  }

  async function ask(...questions: RemoteQuestion[]): Promise<void> {
    bridge.snapshot('consent', { questions, allowances: [] });
    await tick();
  }
  async function pass(ms: number): Promise<void> {
    vi.advanceTimersByTime(ms);
    await tick();
  }
  const press = (name: string) => fireEvent.click(screen.getByRole('button', { name }));
  const answers = (): unknown[] =>
    bridge.calls.filter(({ name }) => name === 'consent.answer').map(({ input }) => input);

  it.each([
    ['Allow once', 'once'],
    ['Allow for an hour', 'hour'],
  ])('is not allowed by a click on “%s” that was meant for the earlier content', async (button, answer) => {
    await pass(699);
    await press(button);
    expect(answers()).toEqual([]);
    await pass(1);
    await press(button);
    await ask(aQuestion('2', 'op olive'));
    await press(button);
    expect(answers()).toEqual([{ id: '1', answer }]);
    expect(screen.getByTestId('consent-question').textContent).toContain('op olive');
  });

  it.each([
    ['create', '%', '“Robot” wants to create the database “s1_main” for “Survival”.', 'from anywhere'],
    ['create', '10.0.0.%', '“Robot” wants to create the database “s1_main” for', 'from 10.0.0.%'],
    ['rotate', '', '“Robot” wants to give the database “s1_main” of “Survival”', 'can no longer connect'],
  ] as const)('names the database: %s %s', async (change, from, title, means) => {
    const action = { kind: 'database', change, name: 's1_main', from } as const;
    await ask({ ...aQuestion('2', ''), action, mayLast: false });
    const question = screen.getByTestId('consent-question');
    expect(question.textContent).toContain(title);
    expect(question.textContent).toContain(means);
    expect(screen.queryByRole('button', { name: /hour/ })).toBeNull();
  });

  it.each([
    ['add', '', '', '“Robot” wants to get one more address for “Survival”.', null],
    ['note', 'a:1', 'Map', '“Robot” wants to change the notes of a:1 of “Survival”.', 'New notes: Map'],
    ['note', 'a:1', '', '“Robot” wants to change the notes of a:1 of “Survival”.', 'notes are removed'],
    ['default', 'a:1', '', '“Robot” wants to make a:1 the default address', 'next start'],
    ['remove', 'a:1', '', '“Robot” wants to remove a:1 from “Survival”.', 'another server'],
  ] as const)('names the change of an address: %s %s %s', async (change, address, notes, title, means) => {
    const action = { kind: 'network', change, address, notes, before: '' } as const;
    await ask({ ...aQuestion('2', ''), action, mayLast: false });
    const question = screen.getByTestId('consent-question');
    expect(question.textContent).toContain(title);
    if (means !== null) expect(question.textContent).toContain(means);
    expect(screen.queryByTestId('consent-notes-now')).toBeNull();
  });

  it.each(['note', 'remove'] as const)('shows the notes that a program would lose: %s', async (change) => {
    const action = { kind: 'network', change, address: 'a:1', notes: '', before: 'Geyser' } as const;
    await ask({ ...aQuestion('2', ''), action, mayLast: false });
    expect(screen.getByTestId('consent-notes-now').textContent).toContain('Notes now: Geyser');
  });

  it('lists the permissions in words, and is allowed only after their end was in view', async () => {
    isShort = false;
    const permissions = ['control.start', 'new.permission'];
    const action = { kind: 'access', change: 'give', who: 'anna@example.com', permissions } as const;
    await ask({ ...aQuestion('2', ''), action, mayLast: false });
    const question = screen.getByTestId('consent-question');
    expect(question.textContent).toContain('“Robot” wants to give anna@example.com access to “Survival”.');
    expect(screen.getAllByRole('listitem').map(({ textContent }) => textContent)).toHaveLength(2);
    expect(question.textContent).not.toContain('control.start');
    expect(question.textContent).toContain('new.permission');
    await pass(5000);
    await press('Allow once');
    expect(answers()).toEqual([]);
    for (const observer of SightObserver.all) observer.tell(true);
    await tick();
    await press('Allow once');
    expect(answers()).toEqual([{ id: '2', answer: 'once' }]);
  });

  it('names the effect on a person without access', async () => {
    const change = 'remove' as const;
    const action = { kind: 'access' as const, change, who: 'sam', permissions: [] };
    await ask({ ...aQuestion('2', ''), action, mayLast: false });
    const question = screen.getByTestId('consent-question');
    expect(question.textContent).toContain('“Robot” wants to remove sam’s access to “Survival”.');
    expect(question.textContent).toContain('account on the panel stays');
  });

  it('is not allowed by the click that brings the window to the front', async () => {
    await pass(5000);
    await fireEvent.focus(window);
    await press('Allow once');
    expect(answers()).toEqual([]);
    await pass(700);
    await press('Allow once');
    expect(answers()).toEqual([{ id: '1', answer: 'once' }]);
  });

  it('names the panel below it, or distinguishes the server in its title', async () => {
    const title = (): string =>
      screen.getByTestId('consent-question').querySelector('h2')?.textContent.trim() ?? '';
    const text = (): string => screen.getByTestId('consent-question').textContent;
    expect(title()).toBe('“Robot” wants to send a command to “Survival”.');
    expect(text()).toContain('Panel: Home');
    await ask(aQuestion('2', 'say hello', 'Home · 1a2b3c4d'));
    expect(title()).toMatch(/^“Robot” wants to send a command to “Survival”\.\s+Home · 1a2b3c4d$/);
    expect(text()).not.toContain('Panel: Home');
  });

  it('is allowed only after the end of the command was in view', async () => {
    isShort = false;
    await ask(aQuestion('2', `say ${'x '.repeat(400)}; op olive`));
    await pass(5000);
    await press('Allow once');
    await press('Allow for an hour');
    expect(answers()).toEqual([]);
    expect(screen.getByText('Scroll to the end of the command before you allow it.')).toBeTruthy();
    SightObserver.all.forEach((one) => one.tell(true));
    await tick();
    await press('Allow once');
    expect(answers()).toEqual([{ id: '2', answer: 'once' }]);
    await ask(aQuestion('3', `say ${'y '.repeat(400)}; op olive`));
    await pass(5000);
    await press('Allow once');
    expect(answers()).toHaveLength(1);
  });

  it('is refused at once', async () => {
    await press('Refuse');
    expect(answers()).toEqual([{ id: '1', answer: 'refuse' }]);
  });

  it("explains the hour's permission, and shows the whole command", async () => {
    const command = `say ${'x'.repeat(996)}`;
    await ask(aQuestion('2', command));
    const { textContent } = screen.getByTestId('consent-question');
    expect(textContent).toContain(command);
    expect(textContent).toContain('all commands to its console');
  });
});
