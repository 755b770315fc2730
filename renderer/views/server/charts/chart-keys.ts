/** What a key does in a chart. Pure. */

export type ChartKey =
  | { readonly kind: 'zoom'; readonly factor: number }
  /** By this share of what is in sight. */
  | { readonly kind: 'pan'; readonly share: number }
  | { readonly kind: 'whole' }
  | { readonly kind: 'leave' }
  /** Moves the cross-hair, as `moved` has it. */
  | { readonly kind: 'move'; readonly key: string };

/** What one step of the keys zooms by. */
const closer = 0.5;
const panShare = 0.25;

export function chartKey({
  key,
  shiftKey,
  ctrlKey,
  metaKey,
  altKey,
}: Pick<KeyboardEvent, 'key' | 'shiftKey' | 'ctrlKey' | 'metaKey' | 'altKey'>): ChartKey | null {
  if (ctrlKey || metaKey || altKey) return null;
  switch (key) {
    case '+':
    case '=':
      return { kind: 'zoom', factor: closer };
    case '-':
    case '_':
      return { kind: 'zoom', factor: 1 / closer };
    case '0':
      return { kind: 'whole' };
    case 'Escape':
      return { kind: 'leave' };
    case 'ArrowLeft':
      return shiftKey ? { kind: 'pan', share: -panShare } : { kind: 'move', key };
    case 'ArrowRight':
      return shiftKey ? { kind: 'pan', share: panShare } : { kind: 'move', key };
    default:
      return { kind: 'move', key };
  }
}
