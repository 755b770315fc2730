/**
 * Data from the node for the game, as one JSON text, so that no value of an egg becomes a real environment variable.
 */
export interface Orders {
  mode: 'play' | 'install';
  game: string;
  name: string;
  /** Line that the container's entry script prints before it runs the game. */
  invocation: string;
  /** Image of the container. An installation has another image, which nothing reads. */
  image?: string;
  /** Variables of the egg. A game reads BOOT_SECONDS, an installation INSTALL_SECONDS; both are optional. */
  environment: Readonly<Record<string, string>>;
}
