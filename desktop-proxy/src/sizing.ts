/**
 * How the picture fills the tab. With `fit`, the desktop takes the size of the tab, if
 * it is this tab's turn: of several, the gateway listens to one.
 */
export const FITS = ['fit', 'scale', 'actual'] as const;
export type Fit = (typeof FITS)[number];
