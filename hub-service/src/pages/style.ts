import { createHash } from 'node:crypto';

/** The pages' own look, after the hub's Bootstrap theme: nothing is fetched from elsewhere. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --bt-bg: light-dark(#fff, #212529);
  --bt-quiet: light-dark(#f8f9fa, #2b3035);
  --bt-text: light-dark(#212529, #dee2e6);
  --bt-secondary: light-dark(#51575c, #b4b8bb);
  --bt-border: light-dark(#dee2e6, #495057);
  --bt-control: light-dark(#7b848c, #868e96);
  --bt-hover: light-dark(#e9ecef, #343a40);
  --bt-link: light-dark(#23669a, #80b0d3);
  --bt-focus: light-dark(#23669a, #9cc5e4);
  --bt-warn-bg: light-dark(#fff3cd, #332701);
  --bt-warn-text: light-dark(#664d03, #ffda6a);
  --bt-warn-border: light-dark(#ffe69c, #806203);
}
* { box-sizing: border-box; }
body { margin: 0; font: 400 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; color: var(--bt-text); background: var(--bt-bg); }
h1, h2, p, ul { margin: 0; padding: 0; }
h1 { font-size: 1.75rem; font-weight: 500; line-height: 1.2; margin-bottom: 1rem; }
h2 { font-size: 1rem; font-weight: 600; overflow-wrap: anywhere; }
a { color: var(--bt-link); }
:focus-visible { outline: 3px solid var(--bt-focus); outline-offset: 2px; }
.bt-navbar { display: flex; flex-wrap: wrap; align-items: center; gap: .25rem 1rem; padding: .5rem .75rem; background: var(--bt-quiet); margin-bottom: 1.5rem; }
.bt-navbar a { color: var(--bt-text); text-decoration: none; padding: .5rem; }
.bt-navbar a[aria-current] { font-weight: 600; }
.bt-navbar .bt-who { margin-left: auto; }
.bt-container { width: 100%; max-width: 1140px; margin: 0 auto; padding: 0 .75rem 3rem; }
.bt-find { display: flex; gap: .75rem; margin-bottom: 1rem; }
.bt-find input { flex: 1 1 auto; min-width: 0; min-height: 2.375rem; padding: .375rem .75rem; font: inherit; color: inherit; background: var(--bt-bg); border: 1px solid var(--bt-control); border-radius: .375rem; }
.bt-find input::placeholder { color: var(--bt-secondary); opacity: 1; }
.bt-button { display: inline-flex; align-items: center; justify-content: center; min-height: 2.375rem; padding: .375rem .75rem; font: inherit; color: var(--bt-text); background: transparent; border: 1px solid var(--bt-control); border-radius: .375rem; text-decoration: none; white-space: nowrap; cursor: pointer; }
.bt-button:hover { background: var(--bt-hover); }
.bt-button-main { background: #f37524; border-color: #e34f21; color: #1d1206; font-weight: 600; }
.bt-button-main:hover { background: #ff8a3f; }
.bt-list { list-style: none; border-top: 1px solid var(--bt-border); }
.bt-list > li { display: grid; grid-template-columns: minmax(0, 1fr) 11rem auto; gap: .25rem 1rem; align-items: center; padding: .75rem .25rem; border-bottom: 1px solid var(--bt-border); }
.bt-quiet { color: var(--bt-secondary); font-size: .875rem; }
.bt-badge { display: inline-block; padding: .2em .5em; border-radius: .25rem; font-size: .8125rem; font-weight: 400; line-height: 1.3; background: var(--bt-hover); white-space: nowrap; }
.bt-notice { padding: .75rem 1rem; margin-bottom: 1rem; border: 1px solid var(--bt-warn-border); border-radius: .375rem; background: var(--bt-warn-bg); color: var(--bt-warn-text); overflow-wrap: anywhere; }
.bt-card { padding: 1rem 1.5rem 1.5rem; border: 1px solid var(--bt-border); border-radius: .375rem; }
.bt-card p { max-width: 42rem; margin: .5rem 0 1rem; }
.bt-row { display: flex; flex-wrap: wrap; gap: .75rem; }
.bt-foot { display: flex; flex-wrap: wrap; gap: .25rem 1rem; margin-top: 1rem; }
@media (max-width: 800px) {
  h1 { font-size: 1.5rem; }
  .bt-navbar { gap: 0; padding: .25rem; }
  .bt-list > li { grid-template-columns: minmax(0, 1fr); }
}
`;

/** The name changes with the content, so that a browser may keep it for ever. */
export const STYLE_PATH = `assets/style-${createHash('sha256').update(STYLE).digest('hex').slice(0, 12)}.css`;
