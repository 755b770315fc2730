import type { StartupVariable } from '../../../bridge/schema/startup.js';

/** An image name without the prefix `~` of images that exist only on the node (PROTOCOL 2.1). */
export function bareImage(image: string): string {
  return image.replace(/^~/, '');
}

/** The value in use: the default if the variable was never set. */
export function savedValue({ serverValue, defaultValue }: StartupVariable): string {
  return serverValue ?? defaultValue;
}
