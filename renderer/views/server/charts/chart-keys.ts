/** Shortcuts of a chart. Pure. */

export type ChartKey =
  | { readonly kind: 'zoom'; readonly factor: number }
  /** Moves by this share of the visible span. */
  | { readonly kind: 'pan'; readonly share: number }
  | { readonly kind: 'whole' }
  | { readonly kind: 'leave' }
  /** Moves the cross-hair by the rules of `moved`. */
  | { readonly kind: 'move'; readonly key: string };

/** Zoom factor per key press. */
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
