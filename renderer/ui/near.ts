/** From these shares of a limit on a bar is amber, and red. */
export const nearFrom = 0.8;
export const fullFrom = 0.95;
