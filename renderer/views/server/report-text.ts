/** Support report about a server, as one text. Pure except for the language. */
import type { Account, Server } from '../../../bridge/schema/domain.js';
import { eventHow, eventTitle, shortName } from '../../../bridge/events/event-words.js';
import type { HistoryEvent } from '../../../bridge/schema/events.js';
import type { FixIt } from '../../../bridge/schema/fix-its.js';
import { dateOf, timeOfDay } from '../../../bridge/text/time-of-day.js';
import { say, spoken } from '../../../messages/messages.js';
import { bytesPerLimit, percentPerLimit } from '../../ui/text/format.js';
import { memoryLimit, serverAddress, type ServerLook } from '../server-look.js';
import { fixTitle } from './fixes/fix-words.js';

/** Maximum number of events in the report. */
const mostEvents = 8;

interface Reported {
  readonly server: Server;
  readonly account: Account | undefined;
  readonly look: ServerLook;
  readonly fixIt: FixIt | null;
  /** Newest first. */
  readonly events: readonly HistoryEvent[];
}

export function serverReportText({ server, account, look, fixIt, events }: Reported): string {
  const { usage } = look;
  const lines: (readonly [name: string, value: string | null])[] = [
    [say('fleet.column-name'), shortName(server.name)],
    [say('report.id'), server.identifier],
    [say('fleet.column-panel'), account === undefined ? null : shortName(account.label)],
    [say('fleet.column-node'), shortName(server.node)],
    [say('fleet.column-address'), serverAddress(server)],
    [say('report.image'), server.dockerImage === '' ? null : shortName(server.dockerImage)],
    [say('fleet.column-state'), look.word],
    [
      say('fleet.column-cpu'),
      usage === null ? null : percentPerLimit(usage.cpuPercent, server.limits.cpuPercent),
    ],
    [
      say('fleet.column-memory'),
      usage === null ? null : bytesPerLimit(usage.memoryBytes, memoryLimit(server)),
    ],
    [
      say('fleet.column-disk'),
      server.usage === null ? null : bytesPerLimit(server.usage.diskBytes, server.limits.diskBytes),
    ],
    [say('report.problem'), fixIt === null ? null : fixTitle(fixIt)],
    [say('report.refused'), server.problem === null ? null : spoken(server.problem.message)],
  ];
  const facts = lines.flatMap(([name, value]) => (value === null ? [] : [`${name}: ${value}`]));
  const past = events.slice(0, mostEvents).map((event) => {
    const said = `${spoken(eventTitle(event))}. ${spoken(eventHow(event))}`;
    return `${dateOf(event.at)} ${timeOfDay(event.at)}  ${said}`;
  });
  const seen = fixIt === null || fixIt.lines.length === 0 ? [] : ['', say('report.console'), ...fixIt.lines];
  return [...facts, ...(past.length === 0 ? [] : ['', say('report.events'), ...past]), ...seen].join('\n');
}
