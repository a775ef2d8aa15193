// What JupyterLab expects of a browser and jsdom lacks. Tests of workers have no DOM at all.
if ('document' in globalThis) {
  Object.assign(globalThis, {
    DragEvent: class DragEvent extends MouseEvent {},
    matchMedia: () => ({ matches: false, addEventListener: () => undefined }),
    requestIdleCallback: (callback: () => void) => setTimeout(callback),
    ResizeObserver: class ResizeObserver {
      observe() {}
      unobserve() {}
      disconnect() {}
    },
  });
}
