/** Shortcuts of a chart: how each key changes view and cross-hair. */
import { spanLength } from './chart-span.js';
import type { CrossHair } from './cross-hair.svelte.js';
import { movedCrossHair } from './usage-series.js';
import type { UsageView } from './usage-view.svelte.js';

/** Zoom factor per key press. */
const closer = 0.5;
/** Share of the visible span by which Shift and an arrow move. */
const panShare = 0.25;

type PressedKey = Pick<KeyboardEvent, 'key' | 'shiftKey' | 'ctrlKey' | 'metaKey' | 'altKey'>;

/** Returns whether the key has an effect here. */
export function pressChartKey(
  { key, shiftKey, ctrlKey, metaKey, altKey }: PressedKey,
  view: Pick<UsageView, 'zoom' | 'panBy' | 'showAll' | 'samples' | 'span' | 'include'>,
  crossHair: CrossHair,
): boolean {
  if (ctrlKey || metaKey || altKey) return false;
  if (key === '+' || key === '=') view.zoom(closer, crossHair.at);
  else if (key === '-' || key === '_') view.zoom(1 / closer, crossHair.at);
  else if (key === '0') view.showAll();
  else if (shiftKey && key === 'ArrowLeft') view.panBy(-panShare);
  else if (shiftKey && key === 'ArrowRight') view.panBy(panShare);
  else return moveCrossHair(key, view, crossHair);
  return true;
}

function moveCrossHair(
  key: string,
  view: Pick<UsageView, 'samples' | 'span' | 'include'>,
  crossHair: CrossHair,
): boolean {
  if (key === 'Escape') {
    const isShown = crossHair.at !== null;
    crossHair.at = null;
    return isShown;
  }
  const to = movedCrossHair(view.samples, crossHair.at, key, spanLength(view.span) / 12);
  if (to === undefined) return false;
  crossHair.at = to;
  view.include(to);
  return true;
}
