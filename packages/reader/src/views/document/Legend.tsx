/** The legend of the highlights. */
export const Legend = ({ withText }: { withText: boolean }) => (
  <details class="legend">
    <summary>How to read the marks</summary>
    {withText ? (
      <ul>
        <li>
          <span class="claim-mark" role="img" aria-label="A number" data-mark="S01" /> begins a claim;{' '}
          <span class="seg in-claim is-on">its words</span> are highlighted when it is selected.
        </li>
        <li>
          <span class="seg quote quote-direct">Quoted words</span> are the speaker’s own, as far as the document can be
          trusted.
        </li>
        <li>
          <span class="seg quote quote-scare">Marks of distance</span> and titles are quoted, but claim nothing.
        </li>
        <li>
          <span class="seg quote quote-imputed">Imputed words</span> are in quotation marks, but nobody said them.
        </li>
        <li>
          <span class="seg hedge">A hedge</span> weakens a claim: may, perhaps, about.
        </li>
        <li>
          <span class="seg insertion">[Insertions]</span> are an editor’s words, not the speaker’s.
        </li>
      </ul>
    ) : (
      <ul>
        <li>
          <span class="swatch strip-claim" /> a claim, as wide as its passage in the paragraph
        </li>
        <li>
          <span class="swatch strip-quote" /> words in quotation marks
        </li>
        <li>
          <span class="swatch strip-hedge" /> a hedge: may, perhaps, about
        </li>
      </ul>
    )}
  </details>
);
