import { type Html, html } from './html.js';
import { STYLE_PATH } from './style.js';

/** Where a page's links go. */
export interface Links {
  /** The service's prefix, `/` at the end. */
  prefix: string;
  /** The hub's pages, `/` at the end; `null` while not known. */
  hub: string | null;
}

/** Who looks at the page. */
export interface Reader {
  name: string;
  /** For calls of the page to the API, in the header `x-beamtime-xsrf`. */
  xsrf: string;
}

/** A whole page: frame, title and content. */
export function layout(
  title: string,
  { prefix, hub }: Links,
  reader: Reader | null,
  content: Html,
): string {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        ${reader && html`<meta name="beamtime-xsrf" content="${reader.xsrf}" />`}
        <title>${title}</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="${prefix}${STYLE_PATH}" />
      </head>
      <body>
        <nav class="bt-navbar" aria-label="Hub">
          ${hub !== null && html`<a href="${hub}home">Home</a>`}
          <a
            href="${prefix}"
            aria-current="${title === 'Experiments' ? 'page' : 'true'}"
            >Experiments</a
          >
          ${hub !== null && html`<a href="${hub}token">Token</a>`}
          ${reader && html`<span class="bt-who">${reader.name}</span>`}
          ${reader && hub !== null && html`<a href="${hub}logout">Logout</a>`}
        </nav>
        <main class="bt-container">${content}</main>
      </body>
    </html> `.text;
}
