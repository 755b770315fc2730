/** Title and body of an alert: what happened, where, and the cause where it is known. */
import { duration } from '../../bridge/text/duration.js';
import { eventHow, eventTitle, shortName } from '../../bridge/events/event-words.js';
import type { HistoryEvent } from '../../bridge/schema/events.js';
import { oneLine } from '../../bridge/console/plain-line.js';
import { sentence, verbatim, type Sentence } from '../../messages/messages.js';

export interface Words {
  readonly title: Sentence;
  readonly body: Sentence;
}

export function newsWords(event: HistoryEvent): Words {
  return { title: eventTitle(event), body: where(event, eventHow(event)) };
}

/** Words for several servers of one node in a single alert. */
export function manyWords(events: readonly HistoryEvent[], node: string): Words {
  const [first] = events;
  const servers = verbatim(oneLine(events.map(({ server }) => shortName(server)).join(', '), 200));
  return {
    title: sentence('alerts.many', { count: events.length, node: shortName(node) }),
    body: first === undefined ? servers : where(first, servers),
  };
}

export function flappingWords(event: HistoryEvent, count: number): Words {
  const title = sentence('alerts.flapping', { server: shortName(event.server) });
  return { title, body: where(event, sentence('alerts.flapping-how', { count })) };
}

export function overWords(event: HistoryEvent, endedAt: number): Words {
  const body = sentence('alerts.over', { time: duration(endedAt - event.at) });
  return { title: overTitle(event), body: where(event, body) };
}

export function manyOverWords(event: HistoryEvent, node: string, endedAt: number): Words {
  const body = sentence('alerts.over', { time: duration(endedAt - event.at) });
  return { title: sentence('alerts.many-over', { node: shortName(node) }), body: where(event, body) };
}

function where({ panel, serverId }: HistoryEvent, how: Sentence): Sentence {
  return serverId === null || panel === '' ? how : sentence('alerts.where', { panel: shortName(panel), how });
}

function overTitle({ what, panel, server }: HistoryEvent): Sentence {
  switch (what.kind) {
    case 'node-unreachable':
      return sentence('alerts.node-back', { node: shortName(what.node) });
    case 'panel-unreachable':
    case 'key-refused':
    case 'certificate':
      return sentence('alerts.panel-back', { panel: shortName(panel) });
    case 'limit':
      return sentence(`alerts.limit-${what.of}-over`, { server: shortName(server) });
    case 'backup-overdue':
      return sentence('alerts.backup-overdue-over', { server: shortName(server) });
    case 'schedule-stuck':
      return sentence('alerts.schedule-stuck-over', { server: shortName(server) });
    case 'game-silent':
      return sentence('alerts.game-silent-over', { server: shortName(server) });
    case 'suspended':
      return sentence('alerts.suspension-lifted', { server: shortName(server) });
    default:
      return sentence('alerts.back', { server: shortName(server) });
  }
}
