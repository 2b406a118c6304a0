declare module 'edtf' {
  /** Parses an EDTF date of level 0 to 2; throws if the text is not one. */
  export default function edtf(text: string): unknown;
}
