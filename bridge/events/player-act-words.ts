/** Sentences for an event of the kind `player-act`: the action on a player and the console's answer. */
import type { Happening } from '../schema/events.js';
import { oneLine } from '../console/plain-line.js';
import { sentence, type Sentence } from '../../messages/messages.js';

type PlayerAct = Extract<Happening, { kind: 'player-act' }>;

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

function saidBy(outcome: PlayerAct['outcome'], line: string | undefined): Sentence {
  if (line !== undefined) return sentence('events.player-act-line', { line: oneLine(line, 200) });
  return sentence(outcome === 'no-answer' ? 'events.player-act-silent' : 'events.player-act-done-line');
}
