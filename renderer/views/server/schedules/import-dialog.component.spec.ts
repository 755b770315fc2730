/** Files of schedules: the export, and the import with its preview. */
import { screen, waitFor, within } from '@testing-library/svelte';
import { beforeEach, describe, expect, it } from 'vitest';
import { wholeOf } from '../../../../bridge/schedules/whole.js';
import { aProblem } from '../../../../tests/support/a-problem.js';
import { aServer } from '../../../../tests/support/entities.js';
import { SchedulesPage } from '../../../../tests/support/schedules-page.js';
import { aSchedule, aTask } from '../../../../tests/support/some-schedules.js';

const weekly = wholeOf(
  aSchedule({
    name: 'Weekly',
    isActive: false,
    onlyWhenOnline: true,
    tasks: [aTask({ action: 'command', payload: 'say hi', continuesAfterFailure: true })],
  }),
);
const half = aSchedule({ id: 9, name: 'Weekly', isActive: false, tasks: [] });
const whole = aSchedule({ ...weekly.fields, id: 9, tasks: [aTask(weekly.tasks[0])] });
let page: SchedulesPage;

const rows = (): HTMLElement[] => screen.queryAllByTestId('import-row');
const row = (at = 0): HTMLElement => rows()[at] ?? document.body;
const button = (at = 0): HTMLElement => within(row(at)).getByTestId('import-add');
const why = (at = 0): string => button(at).getAttribute('aria-description') ?? '';

async function chooses(item: 'schedules-import' | 'schedules-export'): Promise<void> {
  await page.user.click(await screen.findByTestId('schedules-more'));
  await page.user.click(await screen.findByTestId(item));
}

async function imports(schedules: readonly object[], leftOut = 0): Promise<void> {
  page.bridge.answerWith('schedules.chooseImport', () => ({ schedules, leftOut }));
  await chooses('schedules-import');
  await screen.findByTestId('schedule-import');
}

const closes = (): Promise<void> => page.user.click(screen.getByTestId('schedule-import-close'));

beforeEach(() => {
  page = new SchedulesPage();
});

describe('an export', () => {
  it('holds all schedules of the list, and a notice shows the path', async () => {
    page.bridge.answerWith('schedules.export', () => ({ path: '/home/olive/Survival.json' }));
    await page.shows();
    await chooses('schedules-export');
    expect(page.sent('schedules.export')).toEqual([
      { serverId: page.serverId, schedules: page.planned.map(wholeOf) },
    ]);
    expect((await screen.findByTestId('schedules-saved')).textContent).toContain('/home/olive/Survival.json');
  });

  it('says why it failed', async () => {
    page.bridge.refuse('schedules.export', aProblem('internal'));
    await page.shows();
    await chooses('schedules-export');
    expect(await screen.findByTestId('schedules-file-problem')).toBeTruthy();
  });
});

describe('an import', () => {
  it('first shows the tasks of each schedule and the panel’s copy, and writes nothing', async () => {
    const [nightly = aSchedule()] = page.planned;
    await page.shows();
    await imports([weekly, wholeOf(nightly), wholeOf({ ...nightly, tasks: [] })], 2);
    const texts = rows().map((one) => one.textContent.replaceAll(/\s+/g, ' '));
    expect(texts[0]).toContain('At 04:00 · switched off · Only while the server is online');
    expect(texts[0]).toContain('Send the command “say hi” · at the beginning · continues after a failure');
    expect(texts[1]).toContain('Already here');
    expect(why(1)).toBe('The panel has this schedule.');
    expect(texts[2]).toContain('no tasks');
    expect(texts[2]).toContain('A schedule with this name already exists; Perch keeps both.');
    expect(screen.getByTestId('import-left-out').textContent).toContain('2 schedules');
    await closes();
    expect(rows()).toEqual([]);
    expect(page.sent('schedules.saveWhole')).toEqual([]);
  });

  it('shows hostile names and commands as one line each', async () => {
    const fields = { ...weekly.fields, name: '\u202eevil\nname' };
    const command = `say hi\nop mallory${'!'.repeat(3000)}`;
    await page.shows();
    await imports([{ fields, tasks: [{ ...weekly.tasks[0], payload: command }] }]);
    expect(row().querySelector('bdi')?.textContent).toBe('evil name');
    expect(row().textContent).toContain('say hi, op mallory!!!');
    expect(row().textContent).toContain('!…”');
  });

  it('adds one schedule by a key, which keeps the focus', async () => {
    page.bridge.answerWith('schedules.saveWhole', () => ({ id: 9, schedule: whole, problem: null }));
    await page.shows();
    await imports([weekly]);
    expect(button().getAttribute('aria-label')).toBe('Add “Weekly”');
    button().focus();
    await page.user.keyboard('{Enter}');
    await waitFor(() => expect(button().textContent).toContain('Added'));
    expect(document.activeElement).toBe(button());
    await page.user.keyboard('{Enter}');
    expect(page.sent('schedules.saveWhole')).toEqual([
      { ...weekly, serverId: page.serverId, schedule: null, replaces: null },
    ]);
    await closes();
    await waitFor(() => expect(page.rows()).toHaveLength(2));
  });

  it('finishes a half-written schedule with a second press', async () => {
    const answers = [
      { id: 9, schedule: half, problem: aProblem('rate-limited') },
      { id: 9, schedule: whole, problem: null },
    ];
    page.bridge.answerWith('schedules.saveWhole', () => answers.shift());
    await page.shows();
    await imports([weekly]);
    await page.user.click(button());
    expect((await screen.findByTestId('schedule-half')).textContent).toContain('“Weekly”, switched off');
    expect(row().textContent).not.toContain('keeps both');
    await page.user.click(screen.getByRole('button', { name: 'Finish' }));
    await waitFor(() => expect(button().textContent).toContain('Added'));
    expect(page.sent('schedules.saveWhole')[1]).toEqual({
      ...weekly,
      serverId: page.serverId,
      schedule: 9,
      replaces: wholeOf(half),
    });
  });

  it('takes a half back', async () => {
    page.bridge.answer('schedules.saveWhole', { id: 9, schedule: half, problem: aProblem('rate-limited') });
    await page.shows();
    page.bridge.answer('schedules.remove', undefined);
    await imports([weekly]);
    await page.user.click(button());
    await page.user.click(await screen.findByTestId('half-back'));
    expect(page.sent('schedules.remove')).toEqual([{ serverId: page.serverId, schedule: 9 }]);
    await waitFor(() => expect(document.activeElement).toBe(button()));
    expect(button().getAttribute('aria-label')).toBe('Add “Weekly”');
    await closes();
    expect(page.rows()).toHaveLength(1);
  });

  it('asks the panel for one schedule at a time', async () => {
    const release = page.bridge.hold('schedules.saveWhole');
    await page.shows();
    await imports([weekly, { ...weekly, fields: { ...weekly.fields, name: 'Other' } }]);
    await page.user.click(button());
    await page.user.click(button(1));
    expect(why(1)).toBe('Perch has already asked the panel.');
    await closes();
    expect(rows()).toHaveLength(2);
    expect(page.sent('schedules.saveWhole')).toHaveLength(1);
    release({ id: 9, schedule: whole, problem: null });
    await waitFor(() => expect(button(1).getAttribute('aria-disabled')).toBeNull());
  });

  it('names actions that this panel or this key cannot do', async () => {
    const { naming } = aServer();
    await page.shows({ naming: { ...naming, description: 'with-name' } });
    const long = { ...weekly, fields: { ...weekly.fields, name: 'x'.repeat(192) } };
    await imports([{ ...weekly, tasks: [{ ...weekly.tasks[0], action: 'delete_files' }] }, long]);
    expect(why(0)).toBe('Only Pelican deletes files by schedule.');
    expect(why(1)).toBe('1 character too long.');
  });

  it('is not offered to a key that may not write whole schedules', async () => {
    await page.shows({ permissions: ['schedule.read', 'schedule.create'] });
    await page.user.click(await screen.findByTestId('schedules-more'));
    const item = await screen.findByTestId('schedules-import');
    expect(item.getAttribute('aria-disabled')).toBe('true');
    expect(item.getAttribute('aria-description')).toContain('schedule.update');
  });

  it('says so if the file is empty or unusable', async () => {
    await page.shows();
    await imports([], 3);
    expect(screen.getByTestId('schedule-import').textContent).toContain('no schedule that Perch can import');
    await closes();
    page.bridge.refuse('schedules.chooseImport', aProblem('invalid'));
    await chooses('schedules-import');
    expect(await screen.findByTestId('schedules-file-problem')).toBeTruthy();
    expect(screen.queryByTestId('schedule-import')).toBeNull();
  });
});
