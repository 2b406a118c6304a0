import { type CodePointText, passageDigest } from '@dossier/domain/facts';
import { linked, passagesOf, positionOf } from '../consequences.js';
import type { Problem } from '../problem.js';
import type { Seeds } from '../records.js';
import type { Entry } from '../resolve.js';
import { type Check, contentsOf, entriesOf, passageOf, problemAt } from './input.js';

/** Reports lengths, positions and digests that do not match the mounted text of a document. Documents without a text are skipped. */
export const digests: Check = ({ entries, texts }) => [
  ...entriesOf(entries, 'document').flatMap((entry) => {
    const mounted = texts.get(entry.id);
    if (mounted?.problem) return [problemAt(entry, ['sha256'], mounted.problem)];
    if (mounted?.availability === 'MISMATCH')
      return [
        problemAt(
          entry,
          ['sha256'],
          'the text mounted under this name has another digest; expected the text that was annotated.',
        ),
      ];
    return mounted?.text ? documentProblems(entry, mounted.text) : [];
  }),
  ...entries.flatMap((entry) => {
    const text = texts.get((entry.parsed.record['origin'] as { document: string | null }).document ?? '')?.text;
    return text ? passageProblems(entry, text) : [];
  }),
];

function passageProblems(entry: Entry, text: CodePointText): Problem[] {
  return contentsOf(entry).records.flatMap((found) => {
    const passage = passageOf(found.value);
    if (!passage || passage.end > text.length || passage.end <= passage.start) return [];
    const actual = passageDigest(text.slice(passage.start, passage.end));
    return actual === passage.digest
      ? []
      : [
          linked(
            problemAt(
              entry,
              [...found.path, 'digest'],
              `"${passage.digest}" is not the digest of the passage in the text; expected "${actual}", or another position.`,
            ),
            // The words at a wrong position are others.
            { subjects: [passagesOf(entry.id)], causes: [positionOf(entry.id, found.path)] },
          ),
        ];
  });
}

function documentProblems(entry: Entry, text: CodePointText): Problem[] {
  const { length, byteLength, multibyte } = entry.parsed.record as unknown as Seeds['documents'][number];
  const widths = [...text.toString()].map((character) => Buffer.byteLength(character));
  const bytes = widths.reduce((sum, width) => sum + width, 0);
  const wide = widths.flatMap((width, position) => (width > 1 ? [[position, width]] : []));
  return [
    ...(length === text.length
      ? []
      : [
          linked(problemAt(entry, ['length'], `${length} is not the length of the text; expected ${text.length}.`), {
            subjects: [passagesOf(entry.id)],
          }),
        ]),
    ...(byteLength === bytes
      ? []
      : [problemAt(entry, ['byteLength'], `${byteLength} is not the length of the text in bytes; expected ${bytes}.`)]),
    ...(JSON.stringify(multibyte) === JSON.stringify(wide)
      ? []
      : [
          problemAt(
            entry,
            ['multibyte'],
            'not the code points of the text that take more than one byte; expected [position, bytes] of each, in order.',
          ),
        ]),
  ];
}
