/** An attachment that calls `onseen` once its element was in sight: neither scrolled away nor below the window's edge. */
export function seen(onseen: () => void): (element: Element) => () => void {
  return (element) => {
    const observer = new IntersectionObserver(([entry]) => {
      if (entry?.isIntersecting === true) onseen();
    });
    observer.observe(element);
    return () => observer.disconnect();
  };
}
