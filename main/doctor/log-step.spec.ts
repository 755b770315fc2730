import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { FakeClock } from '../../tests/support/fake-clock.js';
import { spoken } from '../../messages/messages.js';
import { factsText, isEventName } from './facts.js';
import { logStep } from './log-step.js';
import type { DoctorPorts } from './ports.js';

const clock = new FakeClock();
const at = (hoursAgo: number): string => new Date(clock.wall() - hoursAgo * 3_600_000).toISOString();
const look = (text: string | null) =>
  logStep({ clock, logTail: () => Promise.resolve(text) } as Partial<DoctorPorts> as DoctorPorts).run();

it('the errors of a day are counted, with event names and without fields', async () => {
  const found = await look(
    [
      `${at(30)} error app.start-failed message="old"`,
      `${at(5)} warn panel.malformed call="list" path="panel.example.com"`,
      `${at(2)} info app.started version="1"`,
      `${at(1)} error history.failed message="/home/olive/secret"`,
      'half a line',
    ].join('\n'),
  );
  expect(found).toMatchObject({ result: 'warning' });
  expect(spoken(found.detail)).toContain('history.failed');
  expect(factsText(found.facts ?? {})).toBe('errors=1 warnings=1 last=panel.malformed:5h,history.failed:1h');
});

it('a log without errors is good, and a missing log is reported', async () => {
  expect(await look(`${at(1)} warn panel.malformed path="a"`)).toMatchObject({ result: 'good' });
  expect(await look(null)).toMatchObject({ result: 'warning' });
});

it('the list has every event that main logs as trouble, spelled as in the source', () => {
  const main = resolve(import.meta.dirname, '..');
  const files = readdirSync(main, { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.ts') && !file.endsWith('.spec.ts'),
  );
  const events = files.flatMap((file) => {
    const source = readFileSync(join(main, file), 'utf8');
    return [...source.matchAll(/(?:\blog|\bmessages)\.(?:warn|error)\(\s*(['`])([^'`]*)\1/g)].map(
      (found) => found[2] ?? '',
    );
  });
  expect(events.length).toBeGreaterThan(40);
  const names = events.map((event) => event.replace('${logName}', 'settings'));
  expect(names.filter((name) => !isEventName(name))).toEqual([]);
});
