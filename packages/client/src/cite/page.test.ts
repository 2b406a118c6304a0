import { expect, it } from 'vitest';
import { pageBibtex } from './page.js';

it('a BibTeX entry of a page has its address, and no text that ends a field or is a command', () => {
  const page = { title: 'C:\\{a}~b', publisher: 'Dossier', note: 'Revision 4d1c' };

  expect(pageBibtex(page, { url: 'https://dossier.invalid/reader/said?q={a}', accessedOn: '2031-05-09' })).toBe(
    `@misc{dossier,
  title = {{C:\\textbackslash{}\\{a\\}\\textasciitilde{}b}},
  publisher = {Dossier},
  url = {https://dossier.invalid/reader/said?q=%7Ba%7D},
  urldate = {2031-05-09},
  note = {Revision 4d1c}
}
`,
  );
});
