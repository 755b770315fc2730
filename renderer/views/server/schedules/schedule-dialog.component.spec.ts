/** The editor of a schedule: drafts and conflicts. */
import { screen, within } from '@testing-library/svelte';
import { beforeEach, describe, expect, it } from 'vitest';
import { fieldsOf } from '../../../../bridge/schedules/fields.js';
import { aProblem } from '../../../../tests/support/a-problem.js';
import { SchedulesPage } from '../../../../tests/support/schedules-page.js';
import { aSchedule } from '../../../../tests/support/some-schedules.js';

let page: SchedulesPage;

beforeEach(() => {
  page = new SchedulesPage();
});

describe('the editor', () => {
  it('creates a schedule, with cron in words and the next runs', async () => {
    page.planned = [];
    page.bridge.answerWith('schedules.save', () => aSchedule({ id: 5, name: 'Weekly' }));
    await page.shows();
    await page.user.click(await screen.findByTestId('schedule-new'));
    expect(screen.getByTestId('schedule-save').getAttribute('aria-description')).toBe('Enter a name.');
    await page.user.type(screen.getByLabelText('Name'), ' Weekly ');
    await page.types('cron-dayOfWeek', '1');
    expect(screen.getByTestId('cron-words').textContent).toBe('At 04:00, only on Monday');
    expect(within(screen.getByTestId('cron-coming')).getAllByRole('listitem')).toHaveLength(5);
    await page.user.click(screen.getByTestId('schedule-save'));
    expect(page.sent('schedules.save')).toEqual([
      {
        serverId: page.serverId,
        schedule: null,
        fields: {
          name: 'Weekly',
          cron: { minute: '0', hour: '4', dayOfMonth: '*', month: '*', dayOfWeek: '1' },
          isActive: true,
          onlyWhenOnline: false,
        },
        replaces: null,
      },
    ]);
    expect(await screen.findByTestId('schedule-view')).toBeTruthy();
  });

  it.each([
    ['x', 'Perch can’t read this'],
    ['99', 'Perch can’t read this'],
  ])('leaves the hour %j to the panel, with a warning', async (text, words) => {
    await page.shows();
    await page.opens();
    await page.user.click(screen.getByTestId('schedule-edit'));
    await page.types('cron-hour', text);
    expect(screen.getByTestId('cron-words').textContent).toContain(words);
    await page.user.keyboard('{Enter}');
    expect(page.sent('schedules.save')).toHaveLength(1);
  });

  it('shows the panel’s present schedule before it replaces that, and keeps all typed text', async () => {
    await page.shows();
    await page.opens();
    await page.user.click(screen.getByTestId('schedule-edit'));
    await page.user.clear(screen.getByLabelText('Name'));
    await page.user.type(screen.getByLabelText('Name'), 'Mine');
    const theirs = aSchedule({ name: 'Theirs' });
    page.bridge.refuse('schedules.save', aProblem('conflict'));
    page.bridge.answerWith('schedules.view', () => theirs);
    await page.user.click(screen.getByTestId('schedule-save'));
    expect((await screen.findByTestId('schedule-other')).textContent).toContain('“Theirs”');
    expect(screen.getByLabelText('Name')).toHaveProperty('value', 'Mine');
    await page.user.click(screen.getByTestId('schedule-save'));
    expect(page.sent('schedules.save')[1]).toMatchObject({
      fields: { name: 'Mine' },
      replaces: fieldsOf(theirs),
    });
    await page.user.click(screen.getByTestId('schedule-take'));
    expect(screen.getByLabelText('Name')).toHaveProperty('value', 'Theirs');
  });
});
