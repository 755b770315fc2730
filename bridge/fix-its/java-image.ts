/** Finds the egg image with the Java version that a server needs, by the names and labels of the images. */

export interface Image {
  readonly label: string;
  readonly image: string;
}

/** Java version in the image's name or label; null if neither contains one. */
export function javaOfImage({ label, image }: Image): number | null {
  const told = /java[\s_:-]*(\d{1,2})(?!\d)/i;
  const version = told.exec(image)?.[1] ?? told.exec(label)?.[1];
  return version === undefined ? null : Number(version);
}

/**
 * The image to propose: the oldest Java that is new enough.
 * If `needed` is unknown (null), the next Java after the current one; if that is unknown too, the newest. Null = no
 * image helps.
 */
export function imageFor(images: readonly Image[], current: string, needed: number | null): Image | null {
  const known = images
    .map((image) => ({ image, java: javaOfImage(image) }))
    .filter((each): each is { image: Image; java: number } => each.java !== null)
    .sort((a, b) => a.java - b.java);
  if (needed !== null) return known.find(({ java }) => java >= needed)?.image ?? null;
  const now = known.find(({ image }) => image.image === current)?.java ?? null;
  const better = now === null ? known.at(-1) : known.find(({ java }) => java > now);
  return better?.image ?? null;
}
