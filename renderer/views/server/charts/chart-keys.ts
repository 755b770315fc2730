/** Shortcuts of a chart: the keys, and the change of view and cross-hair by each. */
import { spanLength } from './chart-span.js';
import type { CrossHair } from './cross-hair.svelte.js';
import { movedCrossHair } from './usage-series.js';
import type { UsageView } from './usage-view.svelte.js';

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

/** Returns whether the key does anything here. */
export function actOnKey(
  key: ChartKey,
  view: Pick<UsageView, 'zoom' | 'panBy' | 'showAll' | 'samples' | 'span' | 'include'>,
  crossHair: CrossHair,
): boolean {
  switch (key.kind) {
    case 'zoom':
      view.zoom(key.factor, crossHair.at);
      return true;
    case 'pan':
      view.panBy(key.share);
      return true;
    case 'whole':
      view.showAll();
      return true;
    case 'leave':
      if (crossHair.at === null) return false;
      crossHair.at = null;
      return true;
    case 'move': {
      const to = movedCrossHair(view.samples, crossHair.at, key.key, spanLength(view.span) / 12);
      if (to === undefined) return false;
      crossHair.at = to;
      view.include(to);
      return true;
    }
  }
}
