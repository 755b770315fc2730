import { isMac } from '../../../../ui/keyboard/key-names.js';

interface Undoable {
  undo(): void;
  redo(): void;
}

/** Undo and redo of the text by its keys, while a field of the form has the focus. */
export function undoByKey(event: KeyboardEvent, text: Undoable): void {
  const isCommand = isMac() ? event.metaKey : event.ctrlKey;
  if (!isCommand || event.altKey) return;
  const key = event.key.toLowerCase();
  if (key === 'z' && !event.shiftKey) text.undo();
  else if (key === 'y' || key === 'z') text.redo();
  else return;
  event.preventDefault();
  event.stopPropagation();
}
