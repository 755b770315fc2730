/** Sentences for commands about players: an action on one player, or a message to all, and the console's answer. */
import type { Happening } from '../schema/events.js';
import { oneLine } from '../console/plain-line.js';
import { sentence, type Sentence } from '../../messages/messages.js';

type PlayerAct = Extract<Happening, { kind: 'player-act' }>;
type Broadcast = Extract<Happening, { kind: 'broadcast' }>;

export function playerActTitle({ verb, player, outcome }: PlayerAct, server: string): Sentence {
  const title = sentence(`events.player-${verb}`, { player: oneLine(player, 60), server });
  if (outcome === 'done') return title;
  return sentence(outcome === 'no-answer' ? 'events.player-act-unsure' : 'events.player-act-refused', {
    title,
  });
}

export function playerActHow({ outcome, text, line }: PlayerAct): Sentence {
  const said = saidBy(outcome, line);
  if (text === undefined) return said;
  const reason = sentence('events.player-act-reason', { text: oneLine(text, 200) });
  return sentence('events.how-and-who', { how: reason, who: said });
}

export function broadcastTitle({ servers, outcome }: Broadcast, server: string): Sentence {
  const title = sentence('events.broadcast', { server, others: servers - 1 });
  return outcome === 'refused' ? sentence('events.player-act-refused', { title }) : title;
}

export function broadcastHow({ text, failed, outcome, line }: Broadcast): Sentence {
  const said = sentence('events.broadcast-text', { text: oneLine(text, 200) });
  if (failed > 0) {
    const who = sentence('events.broadcast-failed', { count: failed });
    return sentence('events.how-and-who', { how: said, who });
  }
  if (outcome === undefined) return said;
  // A console shows the message with a redundant name before it.
  const who = outcome === 'done' ? sentence('events.broadcast-shown') : saidBy(outcome, line);
  return sentence('events.how-and-who', { how: said, who });
}

function saidBy(outcome: PlayerAct['outcome'], line: string | undefined): Sentence {
  if (line !== undefined) return sentence('events.player-act-line', { line: oneLine(line, 200) });
  return sentence(outcome === 'no-answer' ? 'events.player-act-silent' : 'events.player-act-done-line');
}
