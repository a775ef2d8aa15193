import { createHash } from 'node:crypto';

/** The pages' own look, after the hub's Bootstrap theme: nothing is fetched from elsewhere. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --bt-bg: light-dark(#fff, #212529);
  --bt-quiet-bg: light-dark(#f8f9fa, #2b3035);
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
  --bt-info-bg: light-dark(#d3e4f0, #0b2233);
  --bt-info-text: light-dark(#0f2f47, #a6cbe6);
  --bt-info-edge: light-dark(#2b7bb9, #5b9bd0);
}
* { box-sizing: border-box; }
body { margin: 0; font: 400 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; color: var(--bt-text); background: var(--bt-bg); }
h1, h2, h3, p, ul, dl, dd { margin: 0; padding: 0; }
h1 { font-size: 1.75rem; font-weight: 500; line-height: 1.2; margin-bottom: 1rem; }
h1 { overflow-wrap: anywhere; }
h2, h3 { font-size: 1rem; font-weight: 600; overflow-wrap: anywhere; }
.bt-title { font-size: 1.25rem; font-weight: 500; margin: 1.75rem 0 .75rem; }
article h2 { margin: 1.5rem 0 .5rem; }
code { font: .875em ui-monospace, Menlo, Consolas, monospace; overflow-wrap: anywhere; }
a { color: var(--bt-link); }
:focus-visible { outline: 3px solid var(--bt-focus); outline-offset: 2px; }
.bt-navbar { display: flex; flex-wrap: wrap; align-items: center; gap: .25rem 1rem; padding: .5rem .75rem; background: var(--bt-quiet-bg); margin-bottom: 1.5rem; }
.bt-navbar a { color: var(--bt-text); text-decoration: none; padding: .5rem; }
.bt-navbar a[aria-current] { font-weight: 600; }
.bt-navbar .bt-who { margin-left: auto; }
.bt-container { width: 100%; max-width: 1140px; margin: 0 auto; padding: 0 .75rem 3rem; }
.bt-find { display: flex; flex-wrap: wrap; gap: .75rem; margin-bottom: .75rem; }
.bt-find input[type=search] { flex: 1 1 16rem; }
.bt-find input, .bt-find select { min-width: 0; min-height: 2.375rem; padding: .375rem .75rem; font: inherit; color: inherit; background: var(--bt-bg); border: 1px solid var(--bt-control); border-radius: .375rem; }
.bt-find select { flex: 0 1 auto; max-width: 12rem; }
.bt-chips { display: flex; flex-wrap: wrap; gap: .5rem; margin-bottom: 1rem; }
.bt-chip { display: inline-flex; align-items: center; min-height: 2.375rem; padding: .25rem .75rem; border: 1px solid var(--bt-control); border-radius: 1.25rem; color: var(--bt-text); text-decoration: none; }
.bt-chip:hover { background: var(--bt-hover); }
.bt-chip[aria-current] { background: var(--bt-info-bg); color: var(--bt-info-text); border-color: var(--bt-info-edge); }
.bt-find input::placeholder { color: var(--bt-secondary); opacity: 1; }
.bt-button { display: inline-flex; align-items: center; justify-content: center; min-height: 2.375rem; padding: .375rem .75rem; font: inherit; color: var(--bt-text); background: transparent; border: 1px solid var(--bt-control); border-radius: .375rem; text-decoration: none; white-space: nowrap; cursor: pointer; }
.bt-button:hover { background: var(--bt-hover); }
.bt-button-main { background: #f37524; border-color: #e34f21; color: #1d1206; font-weight: 600; }
.bt-button-main:hover { background: #ff8a3f; }
.bt-list { list-style: none; border-top: 1px solid var(--bt-border); }
.bt-list > li { display: grid; grid-template-columns: minmax(0, 1fr) 9.5rem 14.5rem; gap: .25rem 1rem; align-items: center; padding: .75rem .25rem; border-bottom: 1px solid var(--bt-border); }
.bt-list h3 a { color: inherit; text-decoration: none; }
.bt-list h3 a:hover { text-decoration: underline; }
.bt-list > li.bt-carried { background: var(--bt-info-bg); color: var(--bt-info-text); border-left: 3px solid var(--bt-info-edge); padding-left: .75rem; padding-right: .75rem; }
.bt-carried .bt-quiet { color: inherit; }
.bt-carried .bt-button { color: inherit; }
.bt-carried .bt-button:hover { color: var(--bt-text); }
.bt-heading { display: flex; flex-wrap: wrap; justify-content: space-between; align-items: baseline; gap: .25rem 1rem; }
.bt-list > li > :last-child { justify-self: end; }
.bt-lead { margin-bottom: 1.5rem; }
.bt-narrow h1 { margin-bottom: .25rem; }
.bt-narrow > .bt-quiet { margin-top: 1rem; }
article > .bt-quiet { margin: 1rem 0 .5rem; }
.bt-small { font-size: .875rem; }
.bt-cards { list-style: none; display: grid; grid-template-columns: repeat(auto-fill, minmax(min(19rem, 100%), 1fr)); gap: 1rem; }
.bt-session { display: flex; flex-direction: column; gap: .375rem; padding: 1rem; border: 1px solid var(--bt-border); border-radius: .375rem; }
.bt-session > .bt-row { margin-top: auto; padding-top: .75rem; }
.bt-more { border-style: dashed; border-color: var(--bt-control); background: var(--bt-quiet-bg); }
.bt-narrow { max-width: 42rem; margin: 0 auto; }
.bt-actions { margin-bottom: 1.5rem; }
.bt-facts { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: .375rem 1.25rem; margin: .75rem 0 1rem; overflow-wrap: anywhere; }
.bt-facts dt { color: var(--bt-secondary); }
.bt-abstract { max-width: 46rem; white-space: pre-line; overflow-wrap: anywhere; }
.bt-people, .bt-datasets { list-style: none; margin-bottom: 1rem; overflow-wrap: anywhere; }
.bt-people li, .bt-datasets li { padding: .25rem 0; }
.bt-datasets li { display: grid; gap: 0 1rem; grid-template-columns: minmax(0, 1fr) minmax(0, 2fr); border-bottom: 1px solid var(--bt-border); padding: .5rem 0; }
.bt-way { padding: .75rem 1rem 1rem; margin-bottom: .75rem; border: 1px solid var(--bt-control); border-radius: .375rem; }
.bt-way p { margin: .25rem 0 .75rem; }
.bt-chosen { background: var(--bt-info-bg); color: var(--bt-info-text); border: 2px solid var(--bt-info-edge); }
.bt-chosen a:not(.bt-button) { color: inherit; }
.bt-quiet { color: var(--bt-secondary); font-size: .875rem; }
.bt-badge { display: inline-block; padding: .2em .5em; border-radius: .25rem; font-size: .8125rem; font-weight: 400; line-height: 1.3; background: var(--bt-hover); white-space: nowrap; }
.bt-running { background: var(--bt-info-bg); color: var(--bt-info-text); }
.bt-starting, .bt-stopping { background: var(--bt-warn-bg); color: var(--bt-warn-text); }
.bt-notice a { color: inherit; font-weight: 600; }
.bt-notice { padding: .75rem 1rem; margin-bottom: 1rem; border: 1px solid var(--bt-warn-border); border-radius: .375rem; background: var(--bt-warn-bg); color: var(--bt-warn-text); overflow-wrap: anywhere; }
.bt-card { padding: 1rem 1.5rem 1.5rem; border: 1px solid var(--bt-border); border-radius: .375rem; }
.bt-card p { max-width: 42rem; margin: .5rem 0 1rem; }
.bt-row { display: flex; flex-wrap: wrap; gap: .75rem; }
.bt-foot { display: flex; flex-wrap: wrap; gap: .25rem 1rem; margin-top: 1rem; }
@media (max-width: 800px) {
  h1 { font-size: 1.5rem; }
  .bt-navbar { gap: 0; padding: .25rem; }
  .bt-list > li > :last-child { justify-self: stretch; }
  .bt-list > li, .bt-datasets li { grid-template-columns: minmax(0, 1fr); }
  .bt-find select { flex: 1 1 8rem; max-width: none; }
}
`;

/** The name changes with the content, so that a browser may keep it for ever. */
export const STYLE_PATH = `assets/style-${createHash('sha256').update(STYLE).digest('hex').slice(0, 12)}.css`;
